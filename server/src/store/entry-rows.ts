import type { Core } from '@strapi/strapi';
import { readNumber, type Database, type QueryBuilder, type Row, type Transaction } from './database';

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
  const meta = (contentType: string) => strapi.db.metadata.get(contentType);
  const column = (contentType: string, attribute: string): string | null => {
    const found = meta(contentType).attributes[attribute];
    return found && 'columnName' in found && typeof found.columnName === 'string' ? found.columnName : null;
  };

  /** The rows of an entry's components in some of its attributes: where they are, and what names them. */
  const componentsOf = (contentType: string, attribute: string) => {
    const found = meta(contentType).attributes[attribute];
    if (!found || !('joinTable' in found) || !('target' in found) || typeof found.target !== 'string')
      return null;
    const { joinTable } = found;
    if (!joinTable || !('joinColumn' in joinTable) || !('inverseJoinColumn' in joinTable)) return null;
    return {
      table: meta(found.target).tableName,
      linkTable: joinTable.name,
      entryColumn: joinTable.joinColumn.name,
      componentColumn: joinTable.inverseJoinColumn.name,
      where: joinTable.on ?? {},
    };
  };

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
     * Locks an entry's rows until the transaction ends, where the database can (SQLite has one writer anyway). Somebody's
     * saving, which locks components before their entry, may in turn wait for these rows, and then this transaction has to
     * give way and begin anew: on PostgreSQL it waits only a moment for what it locks after that; on MySQL and MariaDB,
     * which end either of the two at once, it takes the components that it will write without waiting for them.
     * @returns when the versions in one language were last changed
     */
    async lock(
      contentType: string,
      documentId: string,
      locale: string | null,
      attributes: string[],
      transaction: Transaction
    ): Promise<EntryVersions> {
      const query = rowsOf(contentType, [documentId], transaction);
      if (database.client === 'postgres') {
        query
          .select(database.expression(`set_config('lock_timeout', ?, true)`, [`${FURTHER_LOCK_WAIT_MS}ms`]))
          .forNoKeyUpdate();
      }
      if (database.client === 'mysql') query.forUpdate();
      const rows = (await query) as Row[];
      if (database.client === 'mysql')
        for (const attribute of attributes) await lockComponents(contentType, rows, attribute, transaction);
      return toVersions(rows.filter((row) => ofLocale(row, contentType, locale)));
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
      const perEntry = new Map<string, Row[]>();
      for (const row of (await rowsOf(contentType, documentIds)) as Row[]) {
        if (!ofLocale(row, contentType, locale)) continue;
        const documentId = String(row.document_id);
        perEntry.set(documentId, [...(perEntry.get(documentId) ?? []), row]);
      }
      return new Map([...perEntry].map(([documentId, rows]) => [documentId, toVersions(rows)]));
    },

    /** How many draft rows of a type there are, and how many lack each of some plain columns. */
    async countEmpty(
      contentType: string,
      attributes: string[],
      locale: string | null,
      onlyDrafts: boolean
    ): Promise<{ total: number; empty: Record<string, number> }> {
      const localeColumn = column(contentType, 'locale');
      const aliases = new Map<string, string>();
      let query = database.tableNamed(meta(contentType).tableName).count({ total: '*' });
      attributes.forEach((attribute, position) => {
        const name = column(contentType, attribute);
        if (!name) return;
        const alias = `empty_${position}`;
        aliases.set(alias, attribute);
        const type = meta(contentType).attributes[attribute]?.type;
        query = query.select(
          type === 'json' || type === 'blocks'
            ? database.expression(`sum(case when ?? is null then 1 else 0 end) as ??`, [name, alias])
            : database.expression(`sum(case when ?? is null or ?? = '' then 1 else 0 end) as ??`, [
                name,
                name,
                alias,
              ])
        );
      });
      if (locale !== null && localeColumn) query = query.where({ [localeColumn]: locale });
      if (onlyDrafts) query = query.whereNull('published_at');
      const row = (await query.first()) as Row | undefined;
      const empty: Record<string, number> = {};
      for (const [alias, attribute] of aliases) empty[attribute] = readNumber(row?.[alias]);
      return { total: readNumber(row?.total), empty };
    },
  };
}
