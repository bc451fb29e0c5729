import type { Core } from '@strapi/strapi';
import { readNumber, type Database, type Row, type Transaction } from './database';
import { createEntryTables } from './entry-tables';

/** Well below the second after which PostgreSQL looks for deadlocks, and ends whichever transaction looks first. */
const FURTHER_LOCK_WAIT_MS = 300;

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

  return {
    /**
     * Locks an entry's rows until the transaction ends, where the database can (SQLite has one writer anyway). Somebody's
     * saving, which locks components before their entry, may in turn wait for these rows, and then this transaction has to
     * give way and begin anew: on PostgreSQL it waits only a moment for what it locks after that; on MySQL and MariaDB,
     * which end either of the two at once, it takes the components that it will write without waiting for them.
     */
    async lock(
      contentType: string,
      documentId: string,
      attributes: string[],
      transaction: Transaction
    ): Promise<void> {
      if (database.client === 'sqlite') return;
      const rows = database
        .tableNamed(meta(contentType).tableName, transaction)
        .where({ document_id: documentId })
        .orderBy('id')
        .select('id');
      if (database.client === 'postgres') {
        await rows
          .select(database.expression(`set_config('lock_timeout', ?, true)`, [`${FURTHER_LOCK_WAIT_MS}ms`]))
          .forNoKeyUpdate();
        return;
      }
      const locked = (await rows.forUpdate()) as Row[];
      for (const attribute of attributes) await lockComponents(contentType, locked, attribute, transaction);
    },

    /** The highest row id of a type: entries made later are not part of a frozen selection. */
    async lastId(contentType: string): Promise<number> {
      const row = (await database.tableNamed(meta(contentType).tableName).max({ last: 'id' }).first()) as
        Row | undefined;
      return readNumber(row?.last);
    },

    /** When the published and the draft version of entries were last changed; epoch milliseconds by document id. */
    async versions(
      contentType: string,
      documentIds: string[],
      locale: string | null,
      transaction?: Transaction
    ): Promise<Map<string, { draftAt: number | null; publishedAt: number | null }>> {
      const found = new Map<string, { draftAt: number | null; publishedAt: number | null }>();
      const localeColumn = column(contentType, 'locale');
      let query = database
        .tableNamed(meta(contentType).tableName, transaction)
        .whereIn('document_id', documentIds);
      if (locale !== null && localeColumn) query = query.where({ [localeColumn]: locale });
      const rows = (await query.select('document_id', 'updated_at', 'published_at')) as Row[];
      for (const row of rows) {
        const documentId = String(row.document_id);
        const versions = found.get(documentId) ?? { draftAt: null, publishedAt: null };
        const changedAt =
          row.updated_at === null ? 0 : new Date(row.updated_at as string | number | Date).getTime();
        if (row.published_at === null) versions.draftAt = changedAt;
        else versions.publishedAt = changedAt;
        found.set(documentId, versions);
      }
      return found;
    },
  };
}
