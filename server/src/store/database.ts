import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { guardAfterCommit } from './after-commit';
import { TABLES } from './models';
import { createSharedTransactions, type Work } from './shared-transactions';
import { createTransactionLimits } from './transaction-limits';

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
  'ER_CHECKREAD', // MariaDB: changed since the transaction's first look
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_LOCKED',
]);
const MOST_TRIES = 12;
const LONGEST_PAUSE_MS = 500;

const isTransient = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && TRANSIENT.has(String(error.code));

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
  transaction<Result>(work: Work<Result>): Promise<Result>;
  /** One statement outside of any transaction; run again for the same reasons. */
  statement<Result>(run: () => PromiseLike<Result>): Promise<Result>;
  /**
   * The same as a transaction for the engine's own work, of which there is much at once. Where the database has one writer anyway, what comes
   * together shares a transaction, and so its commit; if one of them throws, nothing is kept and each is done again alone.
   */
  shared<Result>(work: Work<Result>): Promise<Result>;
  /**
   * Gathers what is asked for at about the same time, to be done in one transaction; alone, where that throws, and on MySQL.
   * @param run does the work for some inputs, in their order; those for which it gives nothing are done alone
   * @returns asks for one; it waits for others for a moment, or as long as is said, in milliseconds
   */
  grouped<Input, Output>(
    run: (inputs: Input[], transaction: Transaction) => Promise<Output[]>
  ): (input: Input, waitMs?: number) => Promise<Output>;
  /** Runs outside of whatever request or transaction the caller is in. */
  detached<Result>(work: () => Result): Result;
}

export function createDatabase(strapi: Core.Strapi, { leaseMs }: { leaseMs: number }): Database {
  const outside = AsyncLocalStorage.snapshot();
  const guard = guardAfterCommit(strapi);
  const dialect = String(strapi.db.dialect.client);
  const tableNamed = (name: string, transaction?: Transaction): QueryBuilder => {
    const query = strapi.db.getConnection(name);
    return transaction ? query.transacting(transaction) : query;
  };
  const client = dialect === 'postgres' ? 'postgres' : dialect === 'mysql' ? 'mysql' : 'sqlite';
  const withinLimits = createTransactionLimits(leaseMs);
  /** A commit that failed is told by the driver's own promise only: Strapi goes on as if all were well. */
  const committed = async <Result>(work: Work<Result>): Promise<Result> => {
    const nested = strapi.db.inTransaction();
    const done = { transaction: null as Transaction | null };
    const result = await strapi.db.transaction(({ trx }) => {
      done.transaction = trx as unknown as Transaction;
      // One that the project began is the project's.
      if (!nested) guard(trx);
      const run = (): Promise<Result> => work(trx as unknown as Transaction);
      return nested || client !== 'postgres' ? run() : withinLimits(done.transaction, run);
    });
    if (!nested) await done.transaction?.executionPromise;
    return result;
  };
  /** Does it again as long as the database says that nothing of it was written. */
  const again = async <Result>(run: () => PromiseLike<Result>): Promise<Result> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await run();
      } catch (error) {
        if (attempt >= MOST_TRIES || strapi.db.inTransaction() || !isTransient(error)) throw error;
        const pauseMs = Math.min(10 * 2 ** attempt, LONGEST_PAUSE_MS) * (0.5 + Math.random());
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  };
  const inTransaction = <Result>(work: Work<Result>): Promise<Result> => again(() => committed(work));
  return {
    client,
    table: (name, transaction) => tableNamed(TABLES[name], transaction),
    tableNamed,
    expression: (sql, bindings) => strapi.db.connection.raw(sql, bindings),
    transaction: inTransaction,
    statement: again,
    ...createSharedTransactions(inTransaction, committed, {
      client,
      detached: (work) => outside(work),
    }),
    detached: (work) => outside(work),
  };
}

/**
 * Narrows rows that are named by their ids to a status. As a plain condition SQLite would take it for the narrower one, and look
 * through all rows of that status.
 */
export const whereStatus = (query: QueryBuilder, status: string): QueryBuilder =>
  query.whereRaw("coalesce(??, '') = ?", ['status', status]);

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
