import type { Core } from '@strapi/strapi';
import { readNumber, type Database, type QueryBuilder, type Row, type Transaction } from './database';
import { createEntryTables } from './entry-tables';

/** Well below the second after which PostgreSQL looks for deadlocks, and ends whichever transaction looks first. */
const FURTHER_LOCK_WAIT_MS = 300;

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

  /** When the versions in one language were last changed, by document id. */
  const versionsIn = (
    rows: Row[],
    contentType: string,
    locale: string | null
  ): Map<string, EntryVersions> => {
    const perEntry = new Map<string, Row[]>();
    for (const row of rows) {
      if (!ofLocale(row, contentType, locale)) continue;
      const documentId = String(row.document_id);
      perEntry.set(documentId, [...(perEntry.get(documentId) ?? []), row]);
    }
    return new Map([...perEntry].map(([documentId, found]) => [documentId, toVersions(found)]));
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
     * Locks the rows of entries until the transaction ends, where the database can (SQLite has one writer anyway). Somebody's
     * saving, which locks components before their entry, may in turn wait for these rows, and then this transaction has to
     * give way and begin anew: on PostgreSQL it waits only a moment for what it locks after that, and not at all where it wants
     * several entries; on MySQL and MariaDB, which end either of the two at once, it takes the components that it will write
     * without waiting for them.
     * @returns when the versions in one language were last changed, by document id
     */
    async lock(
      contentType: string,
      documentIds: string[],
      locale: string | null,
      attributes: string[],
      transaction: Transaction
    ): Promise<Map<string, EntryVersions>> {
      const query = rowsOf(contentType, documentIds, transaction);
      if (database.client === 'postgres') {
        query
          .select(database.expression(`set_config('lock_timeout', ?, true)`, [`${FURTHER_LOCK_WAIT_MS}ms`]))
          .forNoKeyUpdate();
        if (documentIds.length > 1) query.noWait();
      }
      if (database.client === 'mysql') query.forUpdate();
      const rows = (await query) as Row[];
      if (database.client === 'mysql')
        for (const attribute of attributes) await lockComponents(contentType, rows, attribute, transaction);
      return versionsIn(rows, contentType, locale);
    },

    /** The highest row id of a type: entries made later are not part of a frozen selection. */
    async lastId(contentType: string): Promise<number> {
      const row = (await database.tableNamed(meta(contentType).tableName).max({ last: 'id' }).first()) as
        Row | undefined;
      return readNumber(row?.last);
    },

    /** When the published and the draft version of entries were last changed, by document id. */
    async versions(
      contentType: string,
      documentIds: string[],
      locale: string | null
    ): Promise<Map<string, EntryVersions>> {
      return versionsIn((await rowsOf(contentType, documentIds)) as Row[], contentType, locale);
    },
  };
}
