import type { Proxy } from '../proxy';

export type DatabaseName = 'sqlite' | 'postgres' | 'mariadb';

export type TransactionStep = { sql: string; values: unknown[] } | { until: () => Promise<unknown> };

/** Strapi's database as the harness sees it: past the processes, and past whatever stands in their way. */
export interface Ground {
  name: DatabaseName;
  /** Where SQLite's file is, and the embedded queue. */
  folder: string;
  /** How Strapi reaches it. */
  environment: Record<string, string>;
  /** Between Strapi and the database; null where it is a file. */
  proxy: Proxy | null;
  /** `?` stands for a value. */
  rows<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  run(sql: string, values?: unknown[]): Promise<void>;
  /** Statements in one transaction, with something to wait for between them; rolled back at the end. @throws what the database throws */
  together(steps: TransactionStep[]): Promise<void>;
  /** Lets the database note every write and every end from now on; again after a change of the schema, which may have swept that away. */
  noteWrites(): Promise<void>;
  /** A time as the columns of content types hold it. */
  time(at: Date): unknown;
  /** Drops every connection of Strapi's from the database's side. Nothing where it is a file. */
  endConnections(): Promise<void>;
  /** How many deadlocks the database itself has counted; 0 where it has one writer. */
  deadlocks(): Promise<number>;
  /** Whether a transaction waits for a lock that another one holds. */
  isAnyoneWaiting(): Promise<boolean>;
  close(): Promise<void>;
}

/** Each change of a post's draft is noted by the database itself, in the transaction that makes it. */
export const WRITES_TABLE = 'noted_writes';

export const END_STATUSES = ['completed', 'failed', 'skipped', 'conflict', 'cancelled'];
/** So is each change of an item by which it ends, ends once more, or is set back. */
export const ENDS_TABLE = 'noted_ends';
const ENDS = END_STATUSES.map((status) => `'${status}'`).join(', ');
/** Of the row before and after, for a trigger. */
export const IS_END = `(old.status in (${ENDS}) or new.status in (${ENDS}))
  and (old.status <> new.status or old.ended_at <> new.ended_at)`;
