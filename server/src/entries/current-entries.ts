import type { Core } from '@strapi/strapi';
import { attributeOf, planFor } from '../domain/field-paths';
import { mergePopulate } from '../domain/populate';
import type { Transaction } from '../store/database';
import type { EntryRows, EntryVersions } from '../store/entry-rows';
import { documentsOf, hasDrafts, schemaLookup, versionOf, type Entry } from './documents';
import type { ActingPerson, EntryPermissions } from './permissions';

/** An entry that is about to be changed, and what of it is looked at. */
export interface EntryToChange {
  contentType: string;
  documentId: string;
  locale: string | null;
  person: ActingPerson;
  changes: { path: string }[];
}

/** An entry that nobody else changes until the transaction ends. */
export interface CurrentEntry {
  entry: Entry;
  versions: EntryVersions;
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

  /**
   * Locks and reads an entry as it stands; null where it is gone.
   * @param known as it was read a moment ago: where it has not changed since, it is not read again
   */
  const readCurrent = async (
    { contentType, documentId, locale, person, changes }: EntryToChange,
    known: Entry | null,
    transaction: Transaction
  ): Promise<CurrentEntry | null> => {
    const schema = lookup(contentType);
    if (!schema) return null;
    const paths = changes.map((change) => change.path);
    const attributes = [...new Set(paths.map(attributeOf))];
    const versions = await entryRows.lock(contentType, documentId, locale, attributes, transaction);
    const changedAt = hasDrafts(schema) ? versions.draftAt : versions.publishedAt;
    if (known && changedAt === new Date(String(known.updatedAt)).getTime()) return { entry: known, versions };
    const entry = await documentsOf(strapi, contentType).findOne({
      documentId,
      ...versionOf(schema, locale),
      ...planOf(person, contentType, paths),
    });
    return entry ? { entry, versions } : null;
  };

  /** Reads many at once, by what they need, without locking them; those that are asked for twice are left out. */
  const readTogether = async (asked: EntryToChange[]): Promise<Map<EntryToChange, Entry>> => {
    const read = new Map<EntryToChange, Entry>();
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
      for (const one of alike) {
        const entry = byId.get(one.documentId);
        if (entry) read.set(one, entry);
      }
    }
    return read;
  };

  return { readCurrent, readTogether };
}
