import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { QueueView } from '../../../server/src/contracts';
import type { AdminClient, ErrorBody } from '../../bookshop/admin-client';
import { waitFor } from '../../wait-for';
import type { Proxy } from '../harness/proxy';
import type { World } from '../harness/world';
import { LONG } from '../harness/form';
import type { FaultCase } from './fault-case';

const POSTS = 30;
const AWAY_MS = LONG ? 30_000 : 6_000;
const ANSWER_LIMIT_MS = 2_000;
/** Longer than SQLite waits. */
const LOCKED_MS = 7_000;

const redisOf = ({ redisProxy }: World): Proxy => {
  if (!redisProxy) throw new Error('This combination has no Redis.');
  return redisProxy;
};
const databaseOf = ({ ground }: World): Proxy => {
  if (!ground.proxy) throw new Error('This database is a file.');
  return ground.proxy;
};

/** The Queue page says so, in words, at once. */
async function expectQueueToBeAway(client: AdminClient): Promise<void> {
  await waitFor(
    async () => {
      const answer = await client.request<{ data: QueueView }>('GET', '/ai-jobs/queue');
      expect(answer.status).toBe(200);
      expect(answer.durationMs).toBeLessThan(ANSWER_LIMIT_MS);
      return (
        answer.body.data.state === 'unavailable' && /\w+ \w+/.test(answer.body.data.error?.message ?? '')
      );
    },
    { timeoutMs: 15_000, everyMs: 100, what: 'the page to say that the queue is away' }
  );
}

const redisAwayAtStart: FaultCase = {
  chapter: 4,
  title: 'Redis away at the start and at the submit',
  fits: ({ backend }) => backend === 'redis',
  async run(world) {
    await world.stopAll();
    await redisOf(world).refuse();
    const shop = await world.serve();
    const client = await shop.admin();
    await expectQueueToBeAway(client);
    const posts = await world.newPosts(POSTS);
    const startedAt = Date.now();
    const job = await world.startJob(shop, posts);
    expect(Date.now() - startedAt).toBeLessThan(ANSWER_LIMIT_MS);
    expect((await client.job(job.id)).counts.completed).toBe(0);
    await redisOf(world).pass();
    expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
  },
};

const redisAway = (how: 'refuse' | 'silence'): FaultCase => ({
  chapter: 4,
  title: `Redis away in mid-job: it ${how === 'refuse' ? 'refuses' : 'says nothing'}`,
  fits: ({ backend }) => backend === 'redis',
  async run(world) {
    const shop = await world.anyShop();
    const client = await shop.admin();
    const posts = await world.newPosts(POSTS);
    world.provider.latency(200, 500);
    const job = await world.startJob(shop, posts);
    await client.reaches(job.id, ({ counts }) => counts.completed >= 3);
    await redisOf(world)[how]();
    const until = Date.now() + AWAY_MS;
    const [seen] = await Promise.all([
      client.request('GET', `/ai-jobs/jobs/${job.id}`),
      expectQueueToBeAway(client),
    ]);
    expect(seen).toMatchObject({ status: 200 });
    expect(seen.durationMs).toBeLessThan(ANSWER_LIMIT_MS);
    const second = await client.request<{ data: { id: string } }>(
      'POST',
      '/ai-jobs/jobs',
      world.body(posts.slice(0, 1))
    );
    expect(second.status).toBeLessThan(300);
    expect(second.durationMs).toBeLessThan(ANSWER_LIMIT_MS);
    world.watch(second.body.data.id, posts.slice(0, 1));
    await pause(until - Date.now());
    await redisOf(world).pass();
    expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
    await world.ends(shop, second.body.data.id);
  },
});

/** Whoever asks is told in a sentence, at once. */
async function expectDatabaseToBeAway(client: AdminClient, method: string, path: string, body?: unknown) {
  const answer = await client.request<ErrorBody>(method, path, body);
  const told = `${method} ${path}: ${JSON.stringify(answer)}`;
  expect(answer.status, told).toBe(503);
  expect(answer.body.error.message, told).toMatch(/database does not answer/);
  expect(answer.durationMs, told).toBeLessThan(ANSWER_LIMIT_MS);
}

const databaseAway = (how: 'refuse' | 'silence'): FaultCase => ({
  chapter: 4,
  title: `the database away in mid-job, and at a submit: it ${how === 'refuse' ? 'refuses' : 'says nothing'}`,
  fits: ({ database }) => database !== 'sqlite',
  async run(world) {
    await world.stopAll();
    // An attempt may take less time than the outage: what it has paid for is kept all the same, and none is used up.
    const shop = await world.serve({
      config: {
        jobTypes: { 'fill-fields': { concurrency: 5, attempts: 1, timeoutSeconds: 4, backoffSeconds: [1] } },
      },
    });
    const client = await shop.admin();
    const posts = await world.newPosts(POSTS);
    world.provider.latency(200, 500);
    const job = await world.startJob(shop, posts);
    await client.reaches(job.id, ({ counts }) => counts.completed >= 3);
    const more = await world.newPosts(3);
    const submit = world.body(more, { idempotencyKey: `away-${String(more[0]?.documentId)}` });
    await databaseOf(world)[how]();
    const until = Date.now() + AWAY_MS;
    await expectDatabaseToBeAway(client, 'GET', `/ai-jobs/jobs/${job.id}`);
    await expectDatabaseToBeAway(client, 'POST', '/ai-jobs/jobs', submit);
    do {
      await expectDatabaseToBeAway(client, 'GET', '/ai-jobs/queue');
      await pause(500);
    } while (Date.now() < until);
    await databaseOf(world).pass();
    const ended = await world.ends(shop, job.id);
    expect(ended.errorGroups).toEqual([]);
    expect(ended.counts).toMatchObject({ total: POSTS, completed: POSTS });
    // Whoever clicks again has one job, whatever became of the first click.
    const second = await client.createJob(submit);
    world.watch(second.id, more);
    expect((await world.ends(shop, second.id)).counts).toMatchObject({ total: 3, completed: 3 });
    await world.stop(shop);
  },
});

const databaseAwayAtStart: FaultCase = {
  chapter: 4,
  title: 'the database away at the start: Strapi ends, and the next start goes on',
  fits: ({ database }) => database !== 'sqlite',
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    world.provider.latency(200, 500);
    const job = await world.startJob(shop, posts);
    await (await shop.admin()).reaches(job.id, ({ counts }) => counts.completed >= 3);
    await world.kill(shop);
    await databaseOf(world).refuse();
    await expect(world.serve()).rejects.toThrow(/Strapi stopped/);
    await databaseOf(world).pass();
    expect((await world.ends(await world.serve(), job.id)).counts).toMatchObject({
      total: POSTS,
      completed: POSTS,
    });
  },
};

const databaseLocked: FaultCase = {
  chapter: 4,
  title:
    'the database’s file locked in mid-job, and at a submit: answered when it is free, one job in the end',
  fits: ({ database }) => database === 'sqlite',
  async run(world) {
    const shop = await world.anyShop();
    const client = await shop.admin();
    const posts = await world.newPosts(POSTS);
    world.provider.latency(200, 500);
    const job = await world.startJob(shop, posts);
    await client.reaches(job.id, ({ counts }) => counts.completed >= 3);
    const more = await world.newPosts(3);
    const submit = world.body(more, { idempotencyKey: `locked-${String(more[0]?.documentId)}` });
    const file = new Database(path.join(world.ground.folder, 'bookshop.db'), { timeout: 10_000 });
    try {
      file.exec('begin exclusive');
      const answered = client.request<ErrorBody>('POST', '/ai-jobs/jobs', submit);
      await pause(LOCKED_MS);
      file.exec('rollback');
      const answer = await answered;
      const told = JSON.stringify(answer);
      if (answer.status >= 300) expect(answer.body.error.message, told).toMatch(/\w+ \w+/);
    } finally {
      file.close();
    }
    expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
    // Whoever clicks again has one job, whatever became of the first click.
    const second = await client.createJob(submit);
    world.watch(second.id, more);
    expect((await world.ends(shop, second.id)).counts).toMatchObject({ total: 3, completed: 3 });
    const found = await world.ground.rows('select id from ai_jobs_items where entry_document_id = ?', [
      more[0]?.documentId,
    ]);
    expect(found).toHaveLength(1);
  },
};

export const OUTAGES: FaultCase[] = [
  redisAwayAtStart,
  redisAway('refuse'),
  redisAway('silence'),
  databaseAwayAtStart,
  databaseAway('refuse'),
  databaseAway('silence'),
  databaseLocked,
];
