import type { Core } from '@strapi/strapi';
import { readNumber, type Database, type QueryBuilder, type Row, type Transaction } from './database';
import { createEntryTables } from './entry-tables';

/** Well below the second after which PostgreSQL looks for deadlocks, and ends whichever transaction looks first. */
const LOCK_WAIT_MS = 300;
/** Of the entries made while a job is listed, so many are looked at. */
const MOST_REPLACED = 5_000;

/** When the two versions of an entry in one language were last changed; epoch milliseconds, null where one is not there. */
export interface EntryVersions {
  draftAt: number | null;
  publishedAt: number | null;
}

export type EntryRows = ReturnType<typeof createEntryRows>;

/** The few things about an entry's own table that the Document Service has no word for. */
export function createEntryRows(strapi: Core.Strapi, database: Database) {
  const { meta, column, componentsOf } = createEntryTables(strapi);

  /** Somebody's saving locks components before their entry: whoever has the entry must not wait for them. */
  const lockComponents = async (
    contentType: string,
    rows: Row[],
    attribute: string,
    transaction: Transaction
  ): Promise<void> => {
    const components = componentsOf(contentType, attribute);
    if (!components || rows.length === 0) return;
    await database
      .tableNamed(components.table, transaction)
      .whereIn(
        'id',
        database
          .tableNamed(components.linkTable)
          .whereIn(
            components.entryColumn,
            rows.map((row) => readNumber(row.id))
          )
          .where(components.where)
          .select(components.componentColumn)
      )
      .select('id')
      .forUpdate()
      .noWait();
  };

  const ofLocale = (row: Row, contentType: string, locale: string | null): boolean => {
    const localeColumn = column(contentType, 'locale');
    return locale === null || !localeColumn || row[localeColumn] === locale;
  };

  const toVersions = (rows: Row[]): EntryVersions => {
    const versions: EntryVersions = { draftAt: null, publishedAt: null };
    for (const row of rows) {
      const changedAt =
        row.updated_at === null ? 0 : new Date(row.updated_at as string | number | Date).getTime();
      if (row.published_at === null) versions.draftAt = changedAt;
      else versions.publishedAt = changedAt;
    }
    return versions;
  };

  /** The rows of some entries in all their languages: which they are, and when they were changed. */
  const rowsOf = (contentType: string, documentIds: string[], transaction?: Transaction): QueryBuilder => {
    const localeColumn = column(contentType, 'locale');
    return database
      .tableNamed(meta(contentType).tableName, transaction)
      .whereIn('document_id', documentIds)
      .orderBy('id')
      .select('id', 'document_id', 'updated_at', 'published_at', ...(localeColumn ? [localeColumn] : []));
  };

  return {
    /**
     * Locks the rows of entries, in all their languages, until the transaction ends, where the database can (SQLite has one
     * writer anyway). Somebody's saving, which locks components before their entry, may in turn wait for these rows, and then this
     * transaction has to give way and begin anew: on PostgreSQL it waits only a moment for any lock; on MySQL and MariaDB,
     * which end either of the two at once, it takes the components that it will write without waiting for them. Several entries
     * are had at once, with their components, or not at all.
     * @param several others are locked in the same transaction: none of them is waited for
     * @returns when the versions in one language were last changed
     */
    async lock(
      contentType: string,
      documentIds: string[],
      attributes: string[],
      several: boolean,
      transaction: Transaction
    ): Promise<(documentId: string, locale: string | null) => EntryVersions> {
      const query = rowsOf(contentType, documentIds, transaction);
      if (database.client === 'postgres') {
        query
          .select(database.expression(`set_config('lock_timeout', ?, true)`, [`${LOCK_WAIT_MS}ms`]))
          .forNoKeyUpdate();
        if (several) query.noWait();
      }
      if (database.client === 'mysql') query.forUpdate();
      const rows = (await query) as Row[];
      if (database.client === 'mysql' || (database.client === 'postgres' && several))
        for (const attribute of attributes) await lockComponents(contentType, rows, attribute, transaction);
      return (documentId, locale) =>
        toVersions(
          rows.filter((row) => row.document_id === documentId && ofLocale(row, contentType, locale))
        );
    },

    /** The highest row id of a type: entries made later are not part of a frozen selection. */
    async lastId(contentType: string): Promise<number> {
      const row = (await database.tableNamed(meta(contentType).tableName).max({ last: 'id' }).first()) as
        Row | undefined;
      return readNumber(row?.last);
    },

    /** Documents whose draft has a row behind the given one, though their published version has not: it was put in place of another. */
    async draftsReplacedAfter(contentType: string, locale: string | null, lastId: number): Promise<string[]> {
      const drafts = (await database
        .tableNamed(meta(contentType).tableName)
        .where('id', '>', lastId)
        .whereNull('published_at')
        .limit(MOST_REPLACED)
        .distinct('document_id')) as Row[];
      if (drafts.length === 0) return [];
      const ids = drafts.map((row) => String(row.document_id));
      const wereThere = ((await rowsOf(contentType, ids)) as Row[]).filter(
        (row) =>
          row.published_at !== null && readNumber(row.id) <= lastId && ofLocale(row, contentType, locale)
      );
      return [...new Set(wereThere.map((row) => String(row.document_id)))];
    },

    /** When the published and the draft version of entries were last changed, by document id. */
    async versions(
      contentType: string,
      documentIds: string[],
      locale: string | null
    ): Promise<Map<string, EntryVersions>> {
      const perEntry = new Map<string, Row[]>();
      for (const row of (await rowsOf(contentType, documentIds)) as Row[]) {
        if (!ofLocale(row, contentType, locale)) continue;
        const documentId = String(row.document_id);
        perEntry.set(documentId, [...(perEntry.get(documentId) ?? []), row]);
      }
      return new Map([...perEntry].map(([documentId, rows]) => [documentId, toVersions(rows)]));
    },
  };
}
