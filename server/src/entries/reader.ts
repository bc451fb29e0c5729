import type { Core } from '@strapi/strapi';
import { createBatcher, type Batcher } from '../domain/batcher';
import type { EntryRows } from '../store/entry-rows';
import { documentsOf, schemaLookup, versionOf, type Entry } from './documents';

/** What of an entry is to be read. */
export interface EntryPlan {
  fields: string[];
  populate: Record<string, unknown>;
  /** Whether a published version stands beside it is of no interest. */
  alone?: boolean;
}

/** An entry as it was read, with what a later writing compares. */
export interface ReadEntry {
  data: Entry;
  /** Whether a published version stood beside it; false where that was not asked. */
  published: boolean;
}

const WAIT_MS = 8;
const MOST_ENTRIES = 100;
const MOST_PLANS = 50;

export type EntryReader = ReturnType<typeof createEntryReader>;

/** Reads entries, many in one query: what is asked for at the same time with the same plan is read together. */
export function createEntryReader(strapi: Core.Strapi, entryRows: EntryRows) {
  const lookup = schemaLookup(strapi);
  const batchers = new Map<string, Batcher<string, ReadEntry | null>>();

  const readMany = async (
    contentType: string,
    locale: string | null,
    plan: EntryPlan,
    documentIds: string[]
  ): Promise<(ReadEntry | null)[]> => {
    const schema = lookup(contentType);
    if (!schema) return documentIds.map(() => null);
    const [entries, versions] = await Promise.all([
      documentsOf(strapi, contentType).findMany({
        ...versionOf(schema, locale),
        filters: { documentId: { $in: documentIds } },
        fields: ['documentId', ...plan.fields],
        populate: plan.populate,
        limit: documentIds.length,
      }),
      schema.options?.draftAndPublish && !plan.alone
        ? entryRows.versions(contentType, documentIds, locale)
        : new Map(),
    ]);
    const found = new Map(entries.map((entry) => [entry.documentId, entry]));
    return documentIds.map((documentId) => {
      const data = found.get(documentId);
      return data ? { data, published: (versions.get(documentId)?.publishedAt ?? null) !== null } : null;
    });
  };

  return {
    readMany,

    /** One entry; null where it is gone. */
    async read(
      contentType: string,
      locale: string | null,
      plan: EntryPlan,
      documentId: string
    ): Promise<ReadEntry | null> {
      const key = JSON.stringify([contentType, locale, plan.fields, plan.populate, plan.alone ?? false]);
      let batcher = batchers.get(key);
      if (!batcher) {
        if (batchers.size >= MOST_PLANS) batchers.clear();
        batcher = createBatcher<string, ReadEntry | null>({
          waitMs: WAIT_MS,
          mostKeys: MOST_ENTRIES,
          run: async (documentIds) => {
            const unique = [...new Set(documentIds)];
            const entries = await readMany(contentType, locale, plan, unique);
            const byId = new Map(unique.map((id, position) => [id, entries[position] ?? null]));
            return documentIds.map((id) => byId.get(id) ?? null);
          },
        });
        batchers.set(key, batcher);
      }
      return batcher.load(documentId);
    },
  };
}
