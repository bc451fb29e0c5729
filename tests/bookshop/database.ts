import path from 'node:path';
import Database from 'better-sqlite3';
import type { Bookshop } from './bookshop';

/** Changes something behind the back of a running shop, in its SQLite file. */
export function changeIn(shop: Bookshop, sql: string, ...values: unknown[]): void {
  const database = new Database(path.join(shop.folder, 'bookshop.db'), { timeout: 10_000 });
  try {
    database.prepare(sql).run(...values);
  } finally {
    database.close();
  }
}

/** Looks into a running shop's SQLite file; one call sees one moment. */
export function lookInto<Row>(shop: Bookshop, sql: string, ...values: unknown[]): Row[] {
  const database = new Database(path.join(shop.folder, 'bookshop.db'), { readonly: true, timeout: 10_000 });
  try {
    return database.prepare(sql).all(...values) as Row[];
  } finally {
    database.close();
  }
}
