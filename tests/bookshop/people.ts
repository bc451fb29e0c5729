import { signIn, type AdminClient } from './admin-client';
import { POST } from './fill-jobs';

/** A right as Strapi's roles have it. */
export interface Right {
  action: string;
  subject?: string | null;
  properties?: { fields?: string[]; locales?: string[] };
  conditions?: string[];
}

const PASSWORD = 'Bookshop-1234';
let hired = 0;

/** Someone with a role of their own, signed in. */
export interface Hired {
  client: AdminClient;
  roleId: number;
}

/** Sets what a role may do; what it could before is gone. */
export async function allow(administrator: AdminClient, roleId: number, rights: Right[]): Promise<void> {
  await administrator.data('PUT', `/admin/roles/${roleId}/permissions`, {
    permissions: rights.map((right) => ({ subject: null, properties: {}, conditions: [], ...right })),
  });
}

/** Makes a role with these rights and a person who has it, over HTTP as an administrator would. */
export async function hire(administrator: AdminClient, rights: Right[]): Promise<Hired> {
  hired += 1;
  const name = `Role ${process.pid} ${hired}`;
  const role = await administrator.data<{ id: number }>('POST', '/admin/roles', { name, description: name });
  await allow(administrator, role.id, rights);
  const email = `person-${process.pid}-${hired}@bookshop.test`;
  const user = await administrator.data<{ id: number }>('POST', '/admin/users', {
    firstname: 'Person',
    lastname: String(hired),
    email,
    roles: [role.id],
  });
  await administrator.data('PUT', `/admin/users/${user.id}`, { password: PASSWORD, isActive: true });
  return { client: await signIn(administrator.url, { email, password: PASSWORD }), roleId: role.id };
}

/** Rights of the plugin by their short names, like `jobs.read`. */
export const pluginRights = (...names: string[]): Right[] =>
  names.map((name) => ({ action: `plugin::ai-jobs.${name}` }));

/** Rights on the entries of a type, on some of its fields. */
export const entryRights = (
  subject: string,
  actions: string[],
  fields: string[],
  more: { locales?: string[]; conditions?: string[] } = {}
): Right[] =>
  actions.map((action) => ({
    action: `plugin::content-manager.explorer.${action}`,
    subject,
    properties: {
      ...(action === 'delete' || action === 'publish' ? {} : { fields }),
      locales: more.locales ?? ['en', 'vi'],
    },
    conditions: more.conditions ?? [],
  }));

/** Those of a post. */
export const POST_FIELDS = [
  'title',
  'body',
  'excerpt',
  'metaTitle',
  'metaDescription',
  'seo.metaTitle',
  'seo.metaDescription',
  'seo.keywords',
  'summary',
  'level',
  'facts',
  'chapter',
];
/** All that may be done with posts. */
export const ON_POSTS = entryRights(POST, ['create', 'read', 'update', 'delete', 'publish'], POST_FIELDS);
/** To start jobs, and to see one's own. */
export const STARTER = pluginRights('jobs.read', 'jobs.create');
