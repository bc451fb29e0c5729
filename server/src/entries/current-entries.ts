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

  /** Those of one language and one plan, by document id. */
  const readAlike = async (alike: [EntryToChange, ...EntryToChange[]]): Promise<Map<string, Entry>> => {
    const [{ contentType, locale, person, changes }] = alike;
    const paths = changes.map(({ path }) => path);
    const entries = await documentsOf(strapi, contentType).findMany({
      ...versionOf(lookup(contentType), locale),
      ...planOf(person, contentType, paths),
      filters: { documentId: { $in: alike.map(({ documentId }) => documentId) } },
      sort: 'id',
    });
    // Where languages were switched off, a document may have more rows than one: the first counts, as everywhere.
    return new Map(entries.toReversed().map((entry) => [entry.documentId, entry]));
  };

  return {
    /**
     * Locks and reads entries as they stand; null for those that are gone. Of what is asked for twice, the second is left out:
     * it is to be asked for when the first has been written.
     * @param several others are, or will be, locked in the same transaction
     */
    async lock(
      asked: EntryToChange[],
      several: boolean,
      transaction: Transaction
    ): Promise<Map<EntryToChange, CurrentEntry | null>> {
      const current = new Map<EntryToChange, CurrentEntry | null>();
      const once = new Map(asked.toReversed().map((one) => [`${one.contentType} ${one.documentId}`, one]));
      // In one order, whoever asks.
      for (const ofType of groupsBy([...once.values()], ({ contentType }) => contentType)) {
        const [{ contentType }] = ofType;
        if (!lookup(contentType)) continue;
        const paths = ofType.flatMap(({ changes }) => changes.map(({ path }) => path));
        const versionsOf = await entryRows.lock(
          contentType,
          ofType.map(({ documentId }) => documentId),
          [...new Set(paths.map(attributeOf))],
          several,
          transaction
        );
        for (const alike of groupsBy(ofType, planKey)) {
          const entries = await readAlike(alike);
          for (const one of alike) {
            const entry = entries.get(one.documentId);
            current.set(one, entry ? { entry, versions: versionsOf(one.documentId, one.locale) } : null);
          }
        }
      }
      return current;
    },
  };
}

const planKey = ({ locale, person, changes }: EntryToChange): unknown => [
  locale,
  person.id,
  changes.map(({ path }) => path),
];

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
