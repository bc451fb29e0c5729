import type { Core } from '@strapi/strapi';

type Database = Core.Strapi['db'];

/** Where Strapi notes the schema that it has last given the database. */
const SCHEMA_TABLE = 'strapi_database_schema';

/** How the database's tables stand to this process's code. */
export interface TablesThere {
  /** They were made by the same code. */
  same: boolean;
  /** Tables, and columns as `table.column`, that this code needs and the database does not have. */
  missing: string[];
}

/** Strapi's own reading would make the table. */
async function isNoted(db: Database): Promise<boolean> {
  if (!(await db.getSchemaConnection().hasTable(SCHEMA_TABLE))) return false;
  const noted = await db.schema.schemaStorage.read();
  return noted?.hash === db.schema.schemaStorage.hashSchema(db.schema.schema);
}

/** Compares what is there with what this code needs; changes nothing. To be asked once Strapi knows its models. */
export async function readTables(db: Database): Promise<TablesThere> {
  if (await isNoted(db)) return { same: true, missing: [] };
  const { tables } = await db.dialect.schemaInspector.getSchema();
  // Some servers of MySQL know names in lower case only.
  const columnsThere = new Map(
    tables.map(({ name, columns }) => [
      name.toLowerCase(),
      new Set(columns.map((column) => column.name.toLowerCase())),
    ])
  );
  const missing = db.schema.schema.tables.flatMap(({ name, columns }) => {
    const there = columnsThere.get(name.toLowerCase());
    if (!there) return [name];
    return columns
      .filter((column) => !there.has(column.name.toLowerCase()))
      .map((column) => `${name}.${column.name}`);
  });
  return { same: false, missing };
}
