import type { Core } from '@strapi/strapi';
import { attributeOf, planFor } from '../domain/field-paths';
import { mergePopulate } from '../domain/populate';
import type { Transaction } from '../store/database';
import type { EntryRows, EntryVersions } from '../store/entry-rows';
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

  /** Those of one plan, by document id. */
  const readAlike = async (alike: EntryToChange[]): Promise<Map<string, Entry>> => {
    const [first] = alike;
    const schema = first && lookup(first.contentType);
    if (!first || !schema) return new Map();
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
    return new Map(entries.map((entry) => [entry.documentId, entry]));
  };

  return {
    /**
     * Locks and reads entries as they stand; null for those that are gone. Of what is asked for twice, the second is left out:
     * it is to be asked for when the first has been written.
     */
    async lock(
      asked: EntryToChange[],
      transaction: Transaction
    ): Promise<Map<EntryToChange, CurrentEntry | null>> {
      const locked = new Map<EntryToChange, CurrentEntry | null>();
      const once = new Map(asked.toReversed().map((one) => [`${one.contentType} ${one.documentId}`, one]));
      // In one order, whoever asks.
      for (const versioned of groupsBy([...once.values()], (one) => [one.contentType, one.locale])) {
        const [{ contentType, locale }] = versioned;
        if (!lookup(contentType)) continue;
        const versions = await entryRows.lock(
          contentType,
          versioned.map(({ documentId }) => documentId),
          locale,
          [...new Set(versioned.flatMap(({ changes }) => changes.map(({ path }) => attributeOf(path))))],
          transaction
        );
        const plan = (one: EntryToChange) => [one.person.id, one.changes.map(({ path }) => path)];
        for (const alike of groupsBy(versioned, plan)) {
          const entries = await readAlike(alike);
          for (const one of alike) {
            const entry = entries.get(one.documentId);
            const known = versions.get(one.documentId) ?? { draftAt: null, publishedAt: null };
            locked.set(one, entry ? { entry, versions: known } : null);
          }
        }
      }
      return locked;
    },
  };
}

/** Those with the same key together, in the order of the keys. */
function groupsBy<Member>(members: Member[], keyOf: (member: Member) => unknown): [Member, ...Member[]][] {
  const groups = new Map<string, [Member, ...Member[]]>();
  for (const member of members) {
    const key = JSON.stringify(keyOf(member));
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
