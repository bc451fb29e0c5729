import { afterEach, describe, expect, test } from 'vitest';
import { createMessageQueue, type MessageQueueOptions } from '../../../server/src/queue/create-message-queue';
import { QueueUnavailableError, type MessageQueue } from '../../../server/src/queue/message-queue';
import { findProgram, freePort } from '../../services/process';
import { startPostgres, type PostgresService } from '../../services/postgres';
import { waitFor } from '../../wait-for';
import { listen } from './backends';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function ownPostgres(): Promise<PostgresService> {
  const service = await startPostgres({ own: true });
  if (!service) throw new Error('no PostgreSQL');
  cleanUps.push(() => service.stop());
  return service;
}

function queueOn(postgres: MessageQueueOptions['postgres']): {
  queue: MessageQueue;
  said: ReturnType<typeof listen>['said'];
} {
  const { said, logger } = listen();
  const queue = createMessageQueue({
    backend: 'postgres',
    redisUrl: null,
    keyPrefix: 'outage',
    postgres,
    embeddedDirectory: '/nowhere',
    preparedDirectory: null,
    logger,
  });
  cleanUps.push(() => queue.close(200));
  return { queue, said };
}

const message = (itemId: number) => ({ itemIds: [itemId], sequence: 1 });

describe.skipIf(!findProgram('postgres'))('a PostgreSQL that comes and goes', { timeout: 90_000 }, () => {
  test('away at the start: enqueue fails soon and says where, without the password', async () => {
    const port = await freePort();
    const connectionString = `postgres://someone:s3cr3t-word@127.0.0.1:${port}/strapi`;
    const { queue, said } = queueOn({ connectionString });
    queue.start();
    const start = Date.now();
    await expect(queue.enqueue('content', [message(1)])).rejects.toThrow(QueueUnavailableError);
    expect(Date.now() - start).toBeLessThan(2_000);
    const state = await queue.state();
    expect(state.error?.message).toContain(`127.0.0.1:${port}/strapi`);
    expect(JSON.stringify([state, said])).not.toContain('s3cr3t');
  });

  test('restarted in the middle: ready again, workers resume, nothing enqueued is lost', async () => {
    const service = await ownPostgres();
    const { queue, said } = queueOn(await service.createDatabase('outage'));
    let ready = 0;
    queue.onReady(() => {
      ready += 1;
    });
    const handled: number[] = [];
    queue.work('content', {
      concurrency: 2,
      handle: (itemId) => {
        handled.push(itemId);
        return Promise.resolve();
      },
    });
    queue.start();
    await waitFor(() => ready === 1, { timeoutMs: 20_000 });
    await queue.enqueue('content', [message(1)]);
    await waitFor(() => handled.length === 1);
    await queue.enqueue('content', [{ ...message(2), delayMs: 3_000 }]);

    await service.restart();
    await waitFor(() => ready === 2 || queue.isReady(), { timeoutMs: 20_000 });
    await waitFor(
      () =>
        queue.enqueue('content', [message(3)]).then(
          () => true,
          () => false
        ),
      { timeoutMs: 20_000 }
    );
    await waitFor(() => handled.includes(2) && handled.includes(3), {
      timeoutMs: 30_000,
      what: `2 and 3 in ${handled.join()}`,
    });
    // A worker whose database is away must not fill the log.
    expect(said.warn.length).toBeLessThan(20);
  });

  test('keeps its options where the connection string has some of its own', async () => {
    const service = await ownPostgres();
    const { host, port, user, database } = await service.createDatabase('options');
    const options = encodeURIComponent('-c statement_timeout=20000');
    const { queue } = queueOn({
      connectionString: `postgres://${user}@${host}:${port}/${database}?options=${options}&application_name=shop`,
    });
    queue.start();
    await waitFor(() => queue.isReady(), { timeoutMs: 20_000 });
    await queue.enqueue('content', [message(1)]);
    expect(await queue.state()).toMatchObject({ waiting: 1 });
  });
});
