import { describe, expect, test } from 'vitest';
import { isDatabaseTrouble } from '../../server/src/store/database-trouble';

const errorOf = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code ? { code } : {});
const there = (): Promise<boolean> => Promise.resolve(false);
const away = (): Promise<boolean> => Promise.resolve(true);

describe('the database is to blame', () => {
  test.each<[string, Error]>([
    [
      'PostgreSQL ending a silent transaction',
      errorOf('terminating connection due to idle-in-transaction timeout', '25P03'),
    ],
    [
      'the same, told of the next query',
      errorOf('Client has encountered a connection error and is not queryable'),
    ],
    ['PostgreSQL shutting down', errorOf('terminating connection due to administrator command', '57P01')],
    ['PostgreSQL with all connections in use', errorOf('sorry, too many clients already', '53300')],
    ['a connection that ended', errorOf('Connection terminated unexpectedly')],
    ['the same in a statement', errorOf('select * from "posts" - Connection terminated unexpectedly')],
    ['a connection that is ending', errorOf('select 1 - Client was closed and is not queryable')],
    ['MySQL', errorOf('Connection lost: The server closed the connection.', 'PROTOCOL_CONNECTION_LOST')],
    ['the pool', errorOf('Knex: Timeout acquiring a connection. The pool is probably full.')],
    ['a reset in a statement', errorOf('update `posts` set `a` = ? - read ECONNRESET', 'ECONNRESET')],
  ])('%s', async (_what, error) => {
    expect(await isDatabaseTrouble(error, there)).toBe(true);
  });

  test.each<[string, Error]>([
    ['a refused connection', errorOf('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED')],
    ['a transaction that was lost', errorOf('Transaction query already complete')],
  ])('%s, while it is away; while it is there, somebody else may be', async (_what, error) => {
    expect(await isDatabaseTrouble(error, away)).toBe(true);
    expect(await isDatabaseTrouble(error, there)).toBe(false);
  });
});

test.each<[string, unknown]>([
  ['a fault of the code', new TypeError('Cannot read properties of undefined')],
  ['a value that does not fit', errorOf('insert into "posts" - value too long', '22001')],
  ['a deadlock, which was tried again and again', errorOf('deadlock detected', '40P01')],
  ['no error', 'Connection terminated'],
])('%s is no trouble of the database', async (_what, error) => {
  expect(await isDatabaseTrouble(error, there)).toBe(false);
});
