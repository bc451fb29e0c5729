import type { Core } from '@strapi/strapi';
import { attributeOf, planFor } from '../domain/field-paths';
import { mergePopulate } from '../domain/populate';
import type { Transaction } from '../store/database';
import type { EntryRows } from '../store/entry-rows';
import { documentsOf, schemaLookup, versionOf, type Entry } from './documents';
import type { ActingPerson, EntryPermissions } from './permissions';

/** An entry that is about to be changed, and what of it is looked at. */
export interface EntryToChange {
  contentType: string;
  documentId: string;
  locale: string | null;
  person: ActingPerson;
  changes: { path: string }[];
}

/** Reads entries as they stand inside the transaction that is to change them: their fields, and what permissions look at. */
export function createCurrentEntries(
  strapi: Core.Strapi,
  entryRows: EntryRows,
  permissions: EntryPermissions
) {
  const lookup = schemaLookup(strapi);

  const planOf = (person: ActingPerson, contentType: string, paths: string[]) => {
    const conditions = permissions.conditionPopulate(person, contentType);
    const plan = planFor(paths);
    return {
      fields: ['documentId', 'updatedAt', ...plan.fields, ...conditions.fields],
      populate: mergePopulate(conditions.populate, plan.populate),
    };
  };

  /** Locks and reads an entry as it stands; null where it is gone. */
  const readCurrent = async (
    { contentType, documentId, locale, person, changes }: EntryToChange,
    transaction: Transaction
  ): Promise<Entry | null> => {
    const schema = lookup(contentType);
    if (!schema) return null;
    const paths = changes.map((change) => change.path);
    await entryRows.lock(contentType, documentId, [...new Set(paths.map(attributeOf))], transaction);
    return documentsOf(strapi, contentType).findOne({
      documentId,
      ...versionOf(schema, locale),
      ...planOf(person, contentType, paths),
    });
  };

  /** The same for many at once, by what they need; those that are asked for twice are left out. */
  const readTogether = async (asked: EntryToChange[]): Promise<Map<EntryToChange, Entry | null>> => {
    const read = new Map<EntryToChange, Entry | null>();
    const perPlan = new Map<string, EntryToChange[]>();
    const once = new Map<string, number>();
    for (const { documentId } of asked) once.set(documentId, (once.get(documentId) ?? 0) + 1);
    for (const one of asked) {
      const { contentType, documentId, locale, person, changes } = one;
      if (once.get(documentId) !== 1) continue;
      const key = JSON.stringify([contentType, locale, person.id, changes.map(({ path }) => path)]);
      perPlan.set(key, [...(perPlan.get(key) ?? []), one]);
    }
    for (const alike of perPlan.values()) {
      const [first] = alike;
      const schema = first && lookup(first.contentType);
      if (!first || !schema) continue;
      const { contentType, locale, person, changes } = first;
      const entries = await documentsOf(strapi, contentType).findMany({
        ...versionOf(schema, locale),
        ...planOf(
          person,
          contentType,
          changes.map(({ path }) => path)
        ),
        filters: { documentId: { $in: alike.map(({ documentId }) => documentId) } },
        limit: alike.length,
      });
      const byId = new Map(entries.map((entry) => [entry.documentId, entry]));
      for (const one of alike) read.set(one, byId.get(one.documentId) ?? null);
    }
    return read;
  };

  return { readCurrent, readTogether };
}
