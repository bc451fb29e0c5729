import type { Core } from '@strapi/strapi';
import { createBatcher, type Batcher } from '../domain/batcher';

type EntityManager = Core.Strapi['db']['entityManager'];
type FindOne = EntityManager['findOne'];
type Uid = Parameters<FindOne>[0];
type Params = Parameters<FindOne>[1];

/** How long the first entry waits for others, and how many are read at once. */
const TOGETHER = { waitMs: 15, mostKeys: 25 };

/** An entry as it was read with others; what is not known is read alone. */
interface Reading {
  entry: unknown;
  known: boolean;
}
const UNREAD: Reading = { entry: null, known: false };

/** `{ where: { id }, populate }`, as Strapi asks for an entry that it is about to announce; null for any other question. */
function announcedIn(params: Params): { id: number; populate: object } | null {
  if (typeof params !== 'object' || params === null || Object.keys(params).sort().join() !== 'populate,where')
    return null;
  const { where, populate } = params as { where: unknown; populate: unknown };
  if (typeof where !== 'object' || where === null || typeof populate !== 'object' || populate === null)
    return null;
  const { id, ...more } = where as Record<string, unknown>;
  return typeof id === 'number' && Object.keys(more).length === 0 ? { id, populate } : null;
}

/**
 * After each write Strapi reads the entry once more, with all that belongs to it, for its events and webhooks. Of what the engine
 * writes, entries that are announced at about the same time are read together; each event is the same as ever.
 * @returns runs what Strapi has to do after a commit, so that its readings are made together
 */
export function readAnnouncedTogether(strapi: Core.Strapi): <Result>(announce: () => Result) => Result {
  /** Strapi asks for the entry in the same breath in which it begins to announce it. */
  let announcing = false;
  const { entityManager, lifecycles } = strapi.db;
  const findOne: FindOne = entityManager.findOne.bind(entityManager);
  /** By what is read along: Strapi asks with the same object each time, one per content type. */
  const batchers = new WeakMap<object, Batcher<number, Reading>>();

  /** As Strapi's own entity manager does it, between the two hooks. */
  const readOne = (uid: Uid, params: Params): Promise<unknown> =>
    entityManager.createQueryBuilder(uid).init(params).first().execute();

  const readTogether = async (uid: Uid, populate: object, ids: number[]): Promise<Reading[]> => {
    const entries = (await entityManager
      .createQueryBuilder(uid)
      .init({ where: { id: { $in: ids } }, populate })
      .execute()) as { id: number }[];
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    return ids.map((id) => {
      const entry = byId.get(id) ?? null;
      // Announced twice, it is two entries: a hook may change the one that it is given.
      byId.delete(id);
      return { entry, known: entry !== null };
    });
  };

  const batcherOf = (uid: Uid, populate: object): Batcher<number, Reading> => {
    const known = batchers.get(populate);
    if (known) return known;
    const batcher = createBatcher<number, Reading>({
      ...TOGETHER,
      run: (ids) => readTogether(uid, populate, ids).catch(() => ids.map(() => UNREAD)),
    });
    batchers.set(populate, batcher);
    return batcher;
  };

  const findAnnounced = async (uid: Uid, params: Params): Promise<unknown> => {
    if (!announcing || !announcedIn(params)) return findOne(uid, params);
    const states = await lifecycles.run('beforeFindOne', uid, { params });
    // A hook of the project may ask for something else.
    const announced = announcedIn(params);
    const reading = announced ? await batcherOf(uid, announced.populate).load(announced.id) : UNREAD;
    const result = reading.known ? reading.entry : await readOne(uid, params);
    await lifecycles.run('afterFindOne', uid, { params, result }, states);
    return result;
  };
  Object.defineProperty(entityManager, 'findOne', {
    value: findAnnounced,
    configurable: true,
    writable: true,
  });

  return (announce) => {
    announcing = true;
    try {
      return announce();
    } finally {
      announcing = false;
    }
  };
}
