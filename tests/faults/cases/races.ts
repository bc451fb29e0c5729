import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { sweptAway } from '../../bookshop/deleted-jobs';
import { LONG } from '../harness/form';
import { submitTogether } from '../harness/submit-together';
import type { World } from '../harness/world';
import type { FaultCase } from './fault-case';

const POSTS = 20;
const START_IN_MS = 5_000;
const ROUNDS = LONG ? 10 : 2;
/** How often a person tries at most: a job that is retried for ever never ends. */
const MOST_ACTS = 12;

const identicalSubmits: FaultCase = {
  chapter: 6,
  title: 'ten identical submits at once, to two processes: one job',
  async run(world) {
    const shops = [await world.anyShop(), await world.serve()];
    const posts = await world.newPosts(POSTS);
    const clients = await Promise.all(shops.map((shop) => shop.admin()));
    const id = await submitTogether(world, clients, posts);
    for (const shop of shops)
      expect((await world.ends(shop, id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
  },
};

const startingTogether: FaultCase = {
  chapter: 6,
  title: 'two schedulers and a job for a moment to come: it starts once, and not before',
  async run(world) {
    const shops = [await world.anyShop(), await world.serve()];
    const [shop] = shops;
    if (!shop) throw new Error('There is no process.');
    const client = await shop.admin();
    const posts = await world.newPosts(POSTS);
    const before = world.provider.calls.length;
    const startAt = new Date(Date.now() + START_IN_MS);
    const job = await world.startJob(shop, posts, { startAt: startAt.toISOString() });
    await client.reaches(job.id, ({ listed, counts }) => listed && counts.total === POSTS);
    for (const each of shops)
      expect((await world.ends(each, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
    const calls = world.provider.calls.slice(before);
    expect(calls.filter(({ at }) => at < startAt.getTime())).toEqual([]);
    expect(calls.map(({ title }) => title).sort()).toEqual(posts.map(({ title }) => title).sort());
    // Where the queue is shared, both have looked at the clock, and both have worked.
    const workers = new Set(calls.map((call) => call.process)).size;
    expect(workers).toBe(world.combination.backend === 'embedded' ? 1 : 2);
    const started = await world.ground.rows(
      `select id from ai_jobs_events where event = 'started' and job_id =
       (select id from ai_jobs_jobs where document_id = ?)`,
      [job.id]
    );
    expect(started, 'it has been started once').toHaveLength(1);
    await world.stop(shops[1] ?? shop);
  },
};

/** What a person does from another process, at a moment that nobody chose. */
async function disturb(world: World, action: 'cancel' | 'pause' | 'retry'): Promise<void> {
  const shop = await world.anyShop();
  const other = await world.serve();
  const client = await other.admin();
  for (let round = 0; round < ROUNDS; round += 1) {
    const posts = await world.newPosts(POSTS);
    const spoilt = world.random.pick(posts);
    if (action === 'retry') {
      world.provider.behave((call) =>
        call.title === spoilt.title ? (_request, response) => void response.writeHead(400).end('{}') : null
      );
    }
    const job = await world.startJob(shop, posts);
    // A job that is cancelled before its entries are listed has no items: that races another thing than the end.
    if (action === 'cancel') await client.reaches(job.id, ({ counts }) => counts.total === POSTS);
    const acted: number[] = [];
    for (;;) {
      await pause(world.random.between(0, 400));
      if (acted.length < MOST_ACTS) acted.push((await client.act(job.id, action)).status);
      if (action === 'pause' && acted.length <= MOST_ACTS) {
        await pause(world.random.between(0, 100));
        acted.push((await client.act(job.id, 'resume')).status);
      }
      const { status, counts } = await client.job(job.id);
      if (['completed', 'failed', 'cancelled'].includes(status) && counts.pending + counts.processing === 0)
        break;
    }
    // Done, or too late for it: never anything else.
    expect(acted.filter((status) => ![200, 409].includes(status))).toEqual([]);
    world.provider.behave(null);
    if (action === 'retry') await client.act(job.id, 'retry');
    const ended = await world.ends(shop, job.id);
    if (action !== 'cancel') expect(ended.counts).toMatchObject({ total: POSTS, completed: POSTS });
  }
  await world.stop(other);
}

const racing = (action: 'cancel' | 'pause' | 'retry'): FaultCase => ({
  chapter: 6,
  title: `${action} racing completion, from another process`,
  run: (world) => disturb(world, action),
});

const deleting: FaultCase = {
  chapter: 6,
  title: 'delete racing completion, from another process',
  async run(world) {
    const shop = await world.anyShop();
    const other = await world.serve();
    const client = await other.admin();
    const posts = await world.newPosts(POSTS);
    const job = await world.startJob(shop, posts);
    const [row] = await world.ground.rows<{ id: number }>(
      'select id from ai_jobs_jobs where document_id = ?',
      [job.id]
    );
    const statuses: number[] = [];
    do {
      await pause(world.random.between(0, 30));
      statuses.push((await client.request('DELETE', `/ai-jobs/jobs/${job.id}`)).status);
    } while (statuses.at(-1) === 409);
    expect([200, 204]).toContain(statuses.at(-1));
    expect((await client.request('GET', `/ai-jobs/jobs/${job.id}`)).status).toBe(404);
    await sweptAway(world.ground, Number(row?.id));
    await world.stop(other);
  },
};

export const RACES: FaultCase[] = [
  identicalSubmits,
  startingTogether,
  racing('cancel'),
  racing('pause'),
  racing('retry'),
  deleting,
];
