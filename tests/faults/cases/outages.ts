import { expect } from 'vitest';
import type { QueueView } from '../../../server/src/contracts';
import type { AdminClient } from '../../bookshop/admin-client';
import { waitFor } from '../../wait-for';
import type { Proxy } from '../harness/proxy';
import type { World } from '../harness/world';
import { LONG } from '../harness/form';
import type { FaultCase } from './fault-case';

const POSTS = 30;
const AWAY_MS = LONG ? 30_000 : 6_000;
const ANSWER_LIMIT_MS = 2_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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
      return answer.body.data.state === 'unavailable' && /\w+ \w+/.test(answer.body.data.error ?? '');
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
    // Signing in, and making the job.
    expect(Date.now() - startedAt).toBeLessThan(2 * ANSWER_LIMIT_MS);
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

const databaseAway: FaultCase = {
  chapter: 4,
  title: 'the database away in mid-job',
  fits: ({ database }) => database !== 'sqlite',
  async run(world) {
    const shop = await world.anyShop();
    const client = await shop.admin();
    const posts = await world.newPosts(POSTS);
    world.provider.latency(200, 500);
    const job = await world.startJob(shop, posts);
    await client.reaches(job.id, ({ counts }) => counts.completed >= 3);
    await databaseOf(world).refuse();
    const until = Date.now() + AWAY_MS;
    // Strapi itself looks into the database who asks: it can only say that it cannot.
    const seen = await client.request('GET', `/ai-jobs/jobs/${job.id}`);
    expect(seen.status).toBeGreaterThanOrEqual(400);
    expect(seen.durationMs).toBeLessThan(ANSWER_LIMIT_MS);
    await pause(until - Date.now());
    await databaseOf(world).pass();
    expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
  },
};

export const OUTAGES: FaultCase[] = [
  redisAwayAtStart,
  redisAway('refuse'),
  redisAway('silence'),
  databaseAway,
];
