import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Transaction } from '../../server/src/store/database';
import { createTransactionLimits } from '../../server/src/store/transaction-limits';
import { isMissing } from '../services/missing';
import {
  findPostgres,
  startPostgres,
  type PostgresConnection,
  type PostgresService,
} from '../services/postgres';

const LEASE_MS = 30_000;

describe.skipIf(isMissing(findPostgres()))('what a transaction on PostgreSQL is held to', () => {
  let postgres: PostgresService;
  let connection: PostgresConnection;
  const clients: Client[] = [];

  beforeAll(async () => {
    const service = await startPostgres();
    if (!service) throw new Error('no PostgreSQL');
    postgres = service;
    connection = await service.createDatabase('limits');
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.end();
  });
  afterAll(() => postgres.stop());

  async function connect(options: string): Promise<Client> {
    const client = new Client({ ...connection, options });
    clients.push(client);
    await client.connect();
    return client;
  }

  async function limitsOf(client: Client): Promise<{ silent: string; wait: string }> {
    const { rows } = await client.query<{ silent: string; wait: string }>(
      `select current_setting('idle_in_transaction_session_timeout') as silent, current_setting('lock_timeout') as wait`
    );
    if (!rows[0]) throw new Error('PostgreSQL named no settings.');
    return rows[0];
  }

  /** The limits inside of two transactions, one after the other, and behind them. */
  async function inTransactions(client: Client) {
    const withinLimits = createTransactionLimits(LEASE_MS);
    const transaction = { raw: (sql: string) => client.query(sql) } as unknown as Transaction;
    const found = [];
    for (let round = 0; round < 2; round += 1) {
      await client.query('begin');
      found.push(await withinLimits(transaction, () => limitsOf(client)));
      await client.query('commit');
    }
    return { found, behind: await limitsOf(client) };
  }

  test('it waits a lease for a lock, is silent for two at most, and leaves the connection as it was', async () => {
    const { found, behind } = await inTransactions(await connect(''));
    expect(found).toEqual(Array(2).fill({ silent: '1min', wait: '30s' }));
    expect(behind).toEqual({ silent: '0', wait: '0' });
  });

  test('shorter limits of the project stay, longer ones do not', async () => {
    const strict = await connect('-c idle_in_transaction_session_timeout=7s -c lock_timeout=1500ms');
    expect((await inTransactions(strict)).found).toEqual(Array(2).fill({ silent: '7s', wait: '1500ms' }));
    const patient = await connect('-c idle_in_transaction_session_timeout=1h -c lock_timeout=5min');
    const { found, behind } = await inTransactions(patient);
    expect(found).toEqual(Array(2).fill({ silent: '1min', wait: '30s' }));
    expect(behind).toEqual({ silent: '1h', wait: '5min' });
  });
});
