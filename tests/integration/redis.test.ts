import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobView, QueueView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, QUICK, Shelf } from '../bookshop/fill-jobs';
import { delay, ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { isMissing } from '../services/missing';
import { findProgram, freePort } from '../services/process';
import { startRedis, type RedisService } from '../services/redis';
import { waitFor } from '../wait-for';

/** What the issue allows an answer while the queue is away; milliseconds. */
const ANSWER_LIMIT_MS = 2_000;
/** What a killed process had in hand is another's well before this; milliseconds. */
const TAKE_OVER_LIMIT_MS = 28_000;

let port: number;
let redis: RedisService | null = null;
let shop: Bookshop;
let ai: FakeOpenAi;
let admin: AdminClient;
let posts: Shelf;

const start = (folder?: string): Promise<Bookshop> =>
  startBookshop({
    folder,
    config: QUICK,
    environment: {
      OPENAI_API_KEY: 'sk-test-key-1234',
      OPENAI_BASE_URL: ai.url,
      REDIS_URL: `redis://127.0.0.1:${port}`,
    },
  });

/** Always one of our own: these tests empty and stop it. */
async function runRedis(): Promise<void> {
  redis = await startRedis({ own: true, port });
  if (!redis) throw new Error('There is no redis-server on the PATH.');
}

const queue = (): Promise<QueueView> => admin.data('GET', '/ai-jobs/queue');

const startJob = (count: number, more: Parameters<typeof fillBody>[2] = {}): Promise<JobView> =>
  admin.createJob(fillBody({ contentType: POST, documentIds: posts.ids(count) }, {}, more));

describe.skipIf(isMissing(findProgram('redis-server')))('with a Redis URL', () => {
  beforeAll(async () => {
    port = await freePort();
    ai = await startOpenAiServer();
    shop = await start();
    admin = await shop.admin();
    posts = await Shelf.of(admin, POST);
  });
  beforeEach(() => {
    ai.reset();
    ai.setLatency(0);
    ai.respond(() => ok({ metaTitle: 'A title' }));
  });
  afterAll(async () => {
    await shop?.remove();
    await ai?.close();
    await redis?.stop();
  });

  test('Redis away at the start: Strapi runs, says so and answers; the work begins when Redis comes', async () => {
    await waitFor(async () => (await queue()).state === 'unavailable', {
      what: 'the queue to be found away',
    });
    expect(await queue()).toMatchObject({ backend: 'redis', chosenBecause: 'redis_url', draining: false });
    expect((await queue()).error?.message).toMatch(
      new RegExp(`^Redis at 127\\.0\\.0\\.1:${port} does not answer.*Check`)
    );

    const body = fillBody({ contentType: POST, documentIds: posts.ids(12) });
    const created = await admin.request<{ data: JobView }>('POST', '/ai-jobs/jobs', body);
    const { id } = created.body.data;
    const other = await startJob(1);
    const answers = [
      created,
      await admin.request('GET', '/ai-jobs/queue'),
      await admin.request('GET', '/ai-jobs/jobs'),
      await admin.request('GET', `/ai-jobs/jobs/${id}`),
      await admin.request('GET', `/ai-jobs/jobs/${id}/items`),
      await admin.act(id, 'pause'),
      await admin.act(id, 'resume'),
      await admin.act(other.id, 'cancel'),
      await admin.request('POST', '/ai-jobs/jobs/sample', body),
      await admin.request('POST', '/ai-jobs/selection/count', { selection: body.selection }),
      await admin.request('POST', '/ai-jobs/providers/openai/test', {}),
      await admin.request('GET', '/ai-jobs/settings'),
    ];
    for (const { status, durationMs } of answers) {
      expect(status).toBeLessThan(300);
      expect(durationMs).toBeLessThan(ANSWER_LIMIT_MS);
    }
    expect(await admin.ends(other.id)).toMatchObject({ status: 'cancelled', counts: { cancelled: 1 } });
    const waiting = await admin.reaches(id, ({ counts }) => counts.total === 12);
    expect(waiting.counts.pending).toBe(12);
    expect((await queue()).reason).toMatchObject({ code: 'queue_not_draining' });

    await runRedis();
    const ended = await admin.ends(id);
    expect(ended.counts).toMatchObject({ total: 12, completed: 12 });
    expect(await queue()).toMatchObject({ state: 'ready', error: null, reason: null });
    await waitFor(async () => (await queue()).draining, { what: 'a worker to be seen' });
  });

  test('Redis emptied in mid-job: the job completes, nothing is paid twice', async () => {
    ai.setLatency(300);
    const job = await startJob(40);
    await admin.reaches(job.id, ({ counts }) => counts.completed >= 5);
    const client = new Redis(port);
    await client.flushall();
    await client.quit();
    const ended = await admin.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 40, completed: 40 });
    expect(ai.calls).toBe(40);
  });

  test('Redis stopped and started again in mid-job: the job completes, nothing is paid twice', async () => {
    ai.setLatency(300);
    const job = await startJob(40);
    await admin.reaches(job.id, ({ counts }) => counts.completed >= 5);
    await redis?.stop();
    await waitFor(async () => (await queue()).state === 'unavailable', {
      what: 'the queue to be found away',
    });
    const away = await admin.request('GET', `/ai-jobs/jobs/${job.id}`);
    expect(away.durationMs).toBeLessThan(ANSWER_LIMIT_MS);
    await runRedis();
    const ended = await admin.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 40, completed: 40 });
    expect(ai.calls).toBe(40);
  });

  test('killed in mid-job: the next process takes the items over when their leases end', async () => {
    // Answers at different times: at any moment some items are about to be taken, others about to be written.
    ai.respond((_request, index) => delay(200 + ((index * 97) % 400), ok({ metaTitle: 'A title' })));
    const job = await startJob(25);
    await admin.reaches(job.id, ({ counts }) => counts.completed >= 5);
    await shop.kill();
    shop = await start(shop.folder);
    admin = await shop.admin();
    const ended = await admin.ends(job.id, TAKE_OVER_LIMIT_MS);
    expect(ended.counts).toMatchObject({ total: 25, completed: 25 });
    expect(ai.calls).toBeLessThanOrEqual(25 + QUICK.jobTypes['fill-fields'].concurrency);
  });
});
