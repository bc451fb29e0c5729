import { Pool } from 'pg';
import { startBookshop, type Bookshop, type BookshopOptions } from '../../bookshop/bookshop';
import { lookInto } from '../../bookshop/database';
import { databaseEnvironment } from '../../services/database-environment';
import { startPostgres } from '../../services/postgres';

/** A shop's tables, past the shop, and what the two databases call differently. */
export interface Tables {
  rows(sql: string): Promise<unknown[]>;
  /** Whether a JSON column holds an object. */
  isObject(column: string): string;
  /** A text in the object of a JSON column. */
  textIn(column: string, name: string): string;
  close(): Promise<void>;
}

async function onSqlite(options: BookshopOptions): Promise<{ shop: Bookshop; tables: Tables }> {
  const shop = await startBookshop(options);
  const tables: Tables = {
    rows: (sql) => Promise.resolve(lookInto(shop, sql)),
    isObject: (column) => `(json_type(${column}) = 'object')`,
    textIn: (column, name) => `json_extract(${column}, '$.${name}')`,
    close: () => Promise.resolve(),
  };
  return { shop, tables };
}

async function onPostgres(options: BookshopOptions): Promise<{ shop: Bookshop; tables: Tables }> {
  const service = await startPostgres();
  if (!service) throw new Error('There is no PostgreSQL on the PATH.');
  const connection = await service.createDatabase('bookshop');
  const pool = new Pool({ ...connection, max: 1 });
  pool.on('error', () => undefined);
  const shop = await startBookshop({
    ...options,
    database: 'empty',
    environment: {
      ...options.environment,
      ...databaseEnvironment('postgres', connection),
    },
  });
  const tables: Tables = {
    rows: async (sql) => (await pool.query<Record<string, unknown>>(sql)).rows,
    isObject: (column) => `(jsonb_typeof(${column}) = 'object')`,
    textIn: (column, name) => `${column} ->> '${name}'`,
    async close() {
      await pool.end();
      await service.stop();
    },
  };
  return { shop, tables };
}

/** Starts a shop on a database and looks into its tables. @throws where the database has no such name */
export function openTables(
  database: string,
  options: BookshopOptions
): Promise<{ shop: Bookshop; tables: Tables }> {
  if (database === 'sqlite') return onSqlite(options);
  if (database === 'postgres') return onPostgres(options);
  throw new Error(`There is no database "${database}" for this: take sqlite or postgres.`);
}
