import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { createBatcher } from '../domain/batcher';
import { TABLES } from './models';

type Connection = Core.Strapi['db']['connection'];
export type QueryBuilder = ReturnType<Connection>;
/** A knex transaction, as Strapi hands it out. */
export type Transaction = Parameters<QueryBuilder['transacting']>[0];
export type Row = Record<string, unknown>;

/** Errors after which the whole transaction may be run again: nothing of it was written. */
const TRANSIENT = new Set([
  '40001',
  '40P01',
  '55P03', // PostgreSQL: serialization, deadlock, lock not available
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_LOCK_NOWAIT',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_LOCKED',
]);
const MOST_TRIES = 12;
const LONGEST_PAUSE_MS = 500;

const isTransient = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && TRANSIENT.has(String(error.code));

type Work<Result> = (transaction: Transaction) => Promise<Result>;
/** How a grouped work ended. */
interface Done {
  error: { thrown: unknown } | null;
}
/** Works in one transaction: while it lasts, the one connection of SQLite serves nobody else. */
const MOST_GROUPED = 8;

/** The only door to SQL. */
export interface Database {
  readonly client: 'sqlite' | 'postgres' | 'mysql';
  /** A query on one of the plugin's tables, inside the transaction if one is given. */
  table(name: keyof typeof TABLES, transaction?: Transaction): QueryBuilder;
  /** A query on any table, such as that of a content type. */
  tableNamed(name: string, transaction?: Transaction): QueryBuilder;
  /** An expression for the right side of an update. */
  expression(sql: string, bindings: (string | number)[]): ReturnType<Connection['raw']>;
  /** All or nothing; run again after a deadlock or a busy database. Strapi's own calls inside take part in it. */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * The same for work that many do at about the same time. Where the database has one writer anyway they share a transaction,
   * and so its commit; if one of them throws, nothing is kept and each is done again in one of its own.
   */
  grouped<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** Runs outside of whatever request or transaction the caller is in. */
  detached<Result>(work: () => Result): Result;
}

export function createDatabase(strapi: Core.Strapi): Database {
  const outside = AsyncLocalStorage.snapshot();
  const dialect = String(strapi.db.dialect.client);
  const tableNamed = (name: string, transaction?: Transaction): QueryBuilder => {
    const query = strapi.db.getConnection(name);
    return transaction ? query.transacting(transaction) : query;
  };
  const client = dialect === 'postgres' ? 'postgres' : dialect === 'mysql' ? 'mysql' : 'sqlite';
  const inTransaction = async <Result>(work: Work<Result>): Promise<Result> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await strapi.db.transaction(({ trx }) => work(trx as unknown as Transaction));
      } catch (error) {
        if (attempt >= MOST_TRIES || strapi.db.inTransaction() || !isTransient(error)) throw error;
        const pauseMs = Math.min(10 * 2 ** attempt, LONGEST_PAUSE_MS) * (0.5 + Math.random());
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  };
  const groups = createBatcher<Work<unknown>, Done>({
    waitMs: 1,
    mostKeys: MOST_GROUPED,
    serial: true,
    run: (works) => outside(() => runGrouped(works, inTransaction)),
  });
  return {
    client,
    table: (name, transaction) => tableNamed(TABLES[name], transaction),
    tableNamed,
    expression: (sql, bindings) => strapi.db.connection.raw(sql, bindings),
    transaction: inTransaction,
    async grouped<Result>(work: Work<Result>) {
      if (client !== 'sqlite' || strapi.db.inTransaction()) return inTransaction(work);
      let result: Result | undefined;
      const done = await groups.load(async (transaction) => {
        result = await work(transaction);
      });
      if (done.error !== null) throw done.error.thrown;
      return result as Result;
    },
    detached: (work) => outside(work),
  };
}

async function runGrouped(
  works: Work<unknown>[],
  inTransaction: (work: Work<unknown>) => Promise<unknown>
): Promise<Done[]> {
  const alone = (work: Work<unknown>): Promise<Done> =>
    inTransaction(work).then(
      () => ({ error: null }),
      (thrown: unknown) => ({ error: { thrown } })
    );
  const [first] = works;
  if (first && works.length === 1) return [await alone(first)];
  try {
    await inTransaction(async (transaction) => {
      for (const work of works) await work(transaction);
    });
    return works.map(() => ({ error: null }));
  } catch {
    const done: Done[] = [];
    for (const work of works) done.push(await alone(work));
    return done;
  }
}

/** Reads a JSON column; null where it is empty or broken. */
export function readJson(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

/** Writes a JSON column. */
export function writeJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** A number column; PostgreSQL gives big integers as strings. */
export function readNumber(value: unknown): number {
  const number = Number(value ?? 0);
  return Number.isFinite(number) ? number : 0;
}

export function readOptionalNumber(value: unknown): number | null {
  return value === null || value === undefined ? null : readNumber(value);
}

export function readText(value: unknown): string | null {
  return value === null || value === undefined || value === '' ? null : String(value);
}
