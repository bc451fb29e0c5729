import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { onRedis } from '../harness/on-redis';
import type { World } from '../harness/world';
import type { FaultCase } from './fault-case';

const POSTS = 30;
const hasRedis: FaultCase['fits'] = ({ backend }) => backend === 'redis';

/** Starts a job and does something to it when it is in full swing. */
async function inMidJob(world: World, what: () => Promise<void>): Promise<void> {
  const shop = await world.anyShop();
  const posts = await world.newPosts(POSTS);
  world.provider.latency(100, 300);
  const job = await world.startJob(shop, posts);
  const enough = world.random.between(3, 12);
  await (await shop.admin()).reaches(job.id, ({ counts }) => counts.completed >= enough);
  world.traps.noteEmptied();
  await what();
  const ended = await world.ends(await world.anyShop(), job.id);
  expect(ended.counts).toMatchObject({ total: POSTS, completed: POSTS });
  // Who has met an empty queue takes longer to end, and shall not do so in another case.
  await world.stopAll();
}

export const EMPTIED_QUEUE: FaultCase[] = [
  {
    chapter: 3,
    title: 'FLUSHALL in mid-job',
    fits: hasRedis,
    run: (world) => inMidJob(world, () => onRedis(world, (redis) => redis.flushall())),
  },
  {
    chapter: 3,
    title: 'Redis restarted without what it held',
    fits: hasRedis,
    run: (world) => inMidJob(world, () => world.restartRedis()),
  },
  {
    chapter: 3,
    title: 'Redis out of memory while messages are added',
    fits: hasRedis,
    async run(world) {
      const shop = await world.anyShop();
      const posts = await world.newPosts(POSTS);
      world.traps.noteEmptied();
      await onRedis(world, (redis) => redis.config('SET', 'maxmemory', '1'));
      const job = await world.startJob(shop, posts);
      const client = await shop.admin();
      // Long enough for the reconciler to have tried, and failed, more than once.
      await client.reaches(job.id, ({ listed }) => listed);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect((await client.job(job.id)).counts.completed).toBe(0);
      await onRedis(world, (redis) => redis.config('SET', 'maxmemory', '0'));
      expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
      await world.stopAll();
    },
  },
  {
    chapter: 3,
    title: 'the queue in PostgreSQL emptied in mid-job',
    fits: ({ backend, database }) => backend !== 'embedded' && database === 'postgres',
    async run(world) {
      await world.stopAll();
      await world.serve({ backend: 'postgres' });
      await inMidJob(world, () => world.ground.run('truncate ai_jobs_queue.job cascade'));
    },
  },
  {
    chapter: 3,
    title: 'the folder of the embedded queue deleted between two starts',
    fits: ({ backend }) => backend === 'embedded',
    run: (world) =>
      inMidJob(world, async () => {
        for (const shop of world.running()) await world.kill(shop);
        await rm(path.join(world.ground.folder, 'queue'), { recursive: true, force: true });
      }),
  },
];
