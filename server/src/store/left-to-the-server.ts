import type { Core } from '@strapi/strapi';

type Database = Core.Strapi['db'];
type Write = (uid: string, params?: { data?: unknown }) => Promise<unknown>;

/** What Strapi and its own plugins keep in the database about the project's code, such as permissions, roles and layouts. */
const KEPT_BY_STRAPI =
  /^(strapi::|admin::|plugin::(content-manager|content-releases|i18n|review-workflows|upload|users-permissions)\.)/;

/** Hooks in which Strapi changes contents to fit a changed schema. */
const SYNC_HOOKS = ['strapi::content-types.beforeSync', 'strapi::content-types.afterSync'];

const asIfWritten: Write = (_uid, params) => Promise.resolve({ id: 0, ...Object(params?.data) });
const asIfCounted: Write = () => Promise.resolve({ count: 0, ids: [] });
const INSTEAD: Record<string, Write> = {
  create: asIfWritten,
  update: asIfWritten,
  delete: () => Promise.resolve(null),
  createMany: asIfCounted,
  updateMany: asIfCounted,
  deleteMany: asIfCounted,
};

/** From now on what Strapi keeps about the code is not written, until the function given back is called. */
function passOverWriting({ entityManager }: Database): () => void {
  const manager = entityManager as unknown as Record<string, Write>;
  const methods = Object.entries(INSTEAD).map(([name, instead]) => ({ name, instead, usual: manager[name] }));
  for (const { name, instead, usual } of methods)
    if (usual)
      manager[name] = (uid, params) =>
        KEPT_BY_STRAPI.test(uid) ? instead(uid, params) : usual.call(manager, uid, params);
  return () => {
    for (const { name, usual } of methods) if (usual) manager[name] = usual;
  };
}

/**
 * For a process that merely works: loading Strapi in it changes neither tables nor contents, nor what Strapi keeps about the code.
 * Of another version than the server, it would drop columns that it does not know, with what is in them, and permissions.
 * What the project's own `bootstrap` writes is written. To be called while plugins are registered.
 * @param ready awaited in place of the changes to the tables; loading ends with what it throws
 */
export function leaveToServer(strapi: Core.Strapi, ready: () => Promise<void>): void {
  const { db } = strapi;
  db.schema.sync = async () => {
    await ready();
    return 'UNCHANGED';
  };
  db.repair.processUnidirectionalJoinTables = () => Promise.resolve(0);
  for (const name of SYNC_HOOKS) strapi.hook(name).call = () => Promise.resolve([]);
  const writeAgain = passOverWriting(db);
  // The last of Strapi's own to begin.
  const admin = strapi.get('admin') as { bootstrap(context: unknown): Promise<void> };
  const { bootstrap } = admin;
  admin.bootstrap = (context) => bootstrap(context).finally(writeAgain);
}
