import { hostname } from 'node:os';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { version } from '../../package.json';
import { signIn, type AdminClient } from '../bookshop/admin-client';
import { ADMIN, startBookshop, type Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, Shelf } from '../bookshop/fill-jobs';
import { startWorker, type WorkerProcess } from '../bookshop/worker-process';
import { hang, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { isMissing } from '../services/missing';
import { findRedis, startRedis, type RedisService } from '../services/redis';
import { launchChromium } from './chromium';
import { Panel } from './panel';

const hasRedis = !isMissing(findRedis());

describe.skipIf(inject('stage') === null || !hasRedis)('workers apart from the server', () => {
  let redis: RedisService | null = null;
  let ai: FakeOpenAi;
  let browser: Browser;
  let shop: Bookshop;
  let admin: AdminClient;
  let panel: Panel;
  const workers: WorkerProcess[] = [];

  beforeAll(async () => {
    [redis, ai, browser] = await Promise.all([startRedis(), startOpenAiServer(), launchChromium()]);
    shop = await startBookshop({
      config: { workers: { inProcess: false, shutdownGraceMs: 200 } },
      environment: {
        REDIS_URL: redis?.url ?? '',
        OPENAI_API_KEY: 'sk-test-key-1234',
        OPENAI_BASE_URL: ai.url,
      },
    });
    admin = await signIn(shop.url, ADMIN);
    panel = await Panel.of(shop.url, browser);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(workers.map((worker) => worker.kill()));
    await shop?.remove();
    await ai?.close();
    await redis?.stop();
  });

  test('the page says that nobody works, then what waits for it, then who came and what each has in hand', async ({
    onTestFailed,
  }) => {
    onTestFailed(() => panel.clear('workers-apart'));
    const page = await panel.open('/settings/ai-jobs?tab=queue', ADMIN);
    await page.getByText('Nothing works on the queue.').waitFor();
    await page.getByText('No worker has been heard of in the last seconds.').waitFor();

    const posts = await Shelf.of(admin, POST);
    ai.respond(() => hang());
    await admin.createJob(fillBody({ contentType: POST, documentIds: posts.ids(30) }));
    await page.getByRole('alert').getByText('Start a worker in the project’s folder').waitFor();
    expect(await page.getByText('Nothing works on the queue.').count()).toBe(0);

    workers.push(
      ...(await Promise.all([
        startWorker(shop.environment, ['--concurrency', '3']),
        startWorker(shop.environment, ['--concurrency', '5']),
      ]))
    );
    await page.getByText('This server runs no workers of its own').waitFor();
    await page.getByText('content: 6 in hand, 3 calls at once').waitFor();
    await page.getByText('content: 10 in hand, 5 calls at once').waitFor();
    expect(await page.getByText('Items wait, and nothing works on the queue').count()).toBe(0);
    const table = page.getByRole('grid');
    expect(await table.getByRole('row').count()).toBe(3);
    for (const { pid } of workers) {
      const row = table.getByRole('row').filter({ hasText: String(pid) });
      for (const words of [hostname(), 'worker process', version, 'just now'])
        await row.getByText(words).first().waitFor();
    }
    expect(panel.faults).toEqual([]);
    await panel.clear(null);
  });
});
