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
/** Inputs in one transaction: while it lasts, the one connection of SQLite serves nobody else. */
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
   * For work that many ask for at about the same time, each all or nothing. Where the database has one writer anyway, what
   * comes together shares a transaction, and so its commit; if it throws, nothing is kept and each is done again alone.
   * @param run does the work for some inputs, in their order
   */
  grouped<Input, Output>(
    run: (inputs: Input[], transaction: Transaction) => Promise<Output[]>
  ): (input: Input) => Promise<Output>;
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
  return {
    client,
    table: (name, transaction) => tableNamed(TABLES[name], transaction),
    tableNamed,
    expression: (sql, bindings) => strapi.db.connection.raw(sql, bindings),
    transaction: inTransaction,
    grouped: (run) =>
      createGroups({ inTransaction, detached: outside, most: client === 'sqlite' ? MOST_GROUPED : 1 }, run),
    detached: (work) => outside(work),
  };
}

type Done<Output> = { output: Output } | { thrown: unknown };

function createGroups<Input, Output>(
  means: {
    inTransaction(work: Work<Output[]>): Promise<Output[]>;
    detached<Result>(work: () => Result): Result;
    /** Inputs in one transaction. */
    most: number;
  },
  run: (inputs: Input[], transaction: Transaction) => Promise<Output[]>
): (input: Input) => Promise<Output> {
  const together = async (inputs: Input[]): Promise<Done<Output>[]> => {
    const outputs = await means.inTransaction((transaction) => run(inputs, transaction));
    return outputs.map((output) => ({ output }));
  };
  const alone = (input: Input): Promise<Done<Output>[]> =>
    together([input]).catch((thrown: unknown) => [{ thrown }]);
  const groups = createBatcher<Input, Done<Output>>({
    waitMs: 1,
    mostKeys: means.most,
    serial: means.most > 1,
    run: (inputs) =>
      means.detached(async () => {
        const [first] = inputs;
        if (first !== undefined && inputs.length === 1) return alone(first);
        return together(inputs).catch(async () => {
          const done: Done<Output>[] = [];
          for (const input of inputs) done.push(...(await alone(input)));
          return done;
        });
      }),
  });
  return async (input) => {
    const done = await groups.load(input);
    if ('thrown' in done) throw done.thrown;
    return done.output;
  };
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
