import type { Core } from '@strapi/strapi';

/** Where Strapi keeps the entries of a content type: tables and columns, by its own account of them. */
export function createEntryTables(strapi: Core.Strapi) {
  const meta = (type: string) => strapi.db.metadata.get(type);

  return {
    meta,

    /** The column of an attribute; null where it has none in its own table. */
    column(type: string, attribute: string): string | null {
      const found = meta(type).attributes[attribute];
      return found && 'columnName' in found && typeof found.columnName === 'string' ? found.columnName : null;
    },

    /** The rows of an entry's components in one of its attributes: where they are, and what names them. */
    componentsOf(contentType: string, attribute: string) {
      const found = meta(contentType).attributes[attribute];
      if (!found || !('joinTable' in found) || !('target' in found) || typeof found.target !== 'string')
        return null;
      const { joinTable } = found;
      if (!joinTable || !('joinColumn' in joinTable) || !('inverseJoinColumn' in joinTable)) return null;
      return {
        type: found.target,
        table: meta(found.target).tableName,
        linkTable: joinTable.name,
        entryColumn: joinTable.joinColumn.name,
        componentColumn: joinTable.inverseJoinColumn.name,
        where: joinTable.on ?? {},
      };
    },
  };
}
