import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { createMessageQueue } from '../../../server/src/queue/create-message-queue';
import { QueueUnavailableError, type MessageQueue } from '../../../server/src/queue/message-queue';
import { freePort, findProgram } from '../../services/process';
import { startRedis, type RedisService } from '../../services/redis';
import { waitFor } from '../../wait-for';
import { listen } from './backends';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function redisOn(port: number, args: string[] = []): Promise<RedisService> {
  const service = await startRedis({ own: true, port, args });
  if (!service) throw new Error('no redis-server');
  cleanUps.push(() => service.stop());
  return service;
}

function queueOn(url: string): { queue: MessageQueue; said: ReturnType<typeof listen>['said'] } {
  const { said, logger } = listen();
  const queue = createMessageQueue({
    backend: 'redis',
    redisUrl: url,
    keyPrefix: 'outage',
    postgres: null,
    embeddedDirectory: '/nowhere',
    preparedDirectory: null,
    logger,
  });
  cleanUps.push(() => queue.close(200));
  return { queue, said };
}

const message = (itemId: number) => ({ itemIds: [itemId], sequence: 1 });

describe.skipIf(!findProgram('redis-server'))('a Redis that comes and goes', { timeout: 60_000 }, () => {
  test('away at the start: enqueue fails soon and says why; there at last: ready, and work begins', async () => {
    const port = await freePort();
    const { queue, said } = queueOn(`redis://default:s3cr3t-word@127.0.0.1:${port}`);
    let ready = 0;
    queue.onReady(() => {
      ready += 1;
    });
    const handled: number[] = [];
    queue.work('content', {
      concurrency: 1,
      handle: (itemId) => {
        handled.push(itemId);
        return Promise.resolve();
      },
    });
    queue.start();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const start = Date.now();
      await expect(queue.enqueue('content', [message(1)])).rejects.toThrow(QueueUnavailableError);
      expect(Date.now() - start).toBeLessThan(2_000);
    }
    const state = await queue.state();
    expect(state.state).toBe('unavailable');
    expect(state.error?.message).toContain(`127.0.0.1:${port}`);
    expect(queue.isReady()).toBe(false);

    await redisOn(port, ['--requirepass', 's3cr3t-word']);
    await waitFor(() => ready === 1, { timeoutMs: 15_000 });
    await queue.enqueue('content', [message(1)]);
    await waitFor(() => handled.length === 1);
    expect(JSON.stringify([state, said])).not.toContain('s3cr3t');
  });

  test('refusing the password: says so, without the password', async () => {
    const { port } = await redisOn(await freePort(), ['--requirepass', 'the-right-one']);
    const { queue, said } = queueOn(`redis://default:the-wrong-one@127.0.0.1:${port}`);
    queue.start();
    await waitFor(async () => (await queue.state()).state === 'unavailable');
    const state = await queue.state();
    expect(state.error?.message).toMatch(/user or password/);
    expect(JSON.stringify([state, said])).not.toContain('the-wrong-one');
  });

  test('gone in the middle: enqueue fails soon; back: ready again, and the worker resumes by itself', async () => {
    const port = await freePort();
    const first = await redisOn(port);
    const { queue } = queueOn(`redis://127.0.0.1:${port}`);
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
    await waitFor(() => ready === 1);
    await queue.enqueue('content', [message(1)]);
    await waitFor(() => handled.length === 1);

    await first.stop();
    await waitFor(() => !queue.isReady());
    const start = Date.now();
    await expect(queue.enqueue('content', [message(2)])).rejects.toThrow(QueueUnavailableError);
    expect(Date.now() - start).toBeLessThan(2_000);
    expect((await queue.state()).state).toBe('unavailable');
    const grant = await queue.limits.acquire('openai', {
      maxParallel: 1,
      requestsPerMinute: 5,
      tokensPerMinute: null,
      tokens: 0,
      holdMs: 1_000,
    });
    expect(grant.granted).toBe(true);

    await redisOn(port);
    await waitFor(() => ready === 2, { timeoutMs: 15_000 });
    await queue.enqueue('content', [message(2)]);
    await waitFor(() => handled.includes(2), { timeoutMs: 15_000 });
  });

  test('gone: closing does not wait for it', async () => {
    const port = await freePort();
    const service = await redisOn(port);
    const { queue } = queueOn(`redis://127.0.0.1:${port}`);
    queue.work('content', { concurrency: 1, handle: () => Promise.resolve() });
    queue.start();
    await waitFor(() => queue.isReady());
    await service.stop();
    await waitFor(() => !queue.isReady());
    const start = Date.now();
    await queue.close(5_000);
    expect(Date.now() - start).toBeLessThan(8_000);
  });

  test('emptied in the middle: the worker lives on', async () => {
    const { url } = await redisOn(await freePort());
    const { queue } = queueOn(url);
    const handled: number[] = [];
    let begun = 0;
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    queue.work('content', {
      concurrency: 2,
      handle: async (itemId) => {
        begun += 1;
        await gate;
        handled.push(itemId);
      },
    });
    queue.start();
    await waitFor(() => queue.isReady());
    await queue.enqueue('content', [1, 2, 3, 4, 5].map(message));
    await waitFor(() => begun === 2);

    const client = new Redis(url);
    await client.flushall();
    client.disconnect();
    letGo();
    await waitFor(() => handled.length === 2);
    await queue.enqueue('content', [6, 7, 8].map(message));
    await waitFor(() => handled.length === 5, { timeoutMs: 20_000 });
    expect(handled.toSorted()).toEqual([1, 2, 6, 7, 8]);
    expect(await queue.state()).toMatchObject({ state: 'ready', waiting: 0 });
  });

  test('allowed to throw keys away: says what to do about it', async () => {
    const { url } = await redisOn(await freePort(), ['--maxmemory-policy', 'allkeys-lru']);
    const { queue, said } = queueOn(url);
    queue.start();
    await waitFor(() => queue.isReady());
    expect(said.error.join()).toMatch(/maxmemory-policy.*noeviction/);
  });
});
