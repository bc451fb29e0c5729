import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { waitFor } from '../../wait-for';
import { crossLocks, holdJobs, TWO_CONNECTIONS } from '../harness/other-transactions';
import type { World } from '../harness/world';
import type { FaultCase } from './fault-case';

const POSTS = 30;
const DEADLOCKS = 2;
/** The database tells its counts some seconds later. */
const DEADLOCKS_WITHIN_MS = 90_000;
const isServer: FaultCase['fits'] = ({ database }) => database !== 'sqlite';

const expectAll = async (world: World, jobId: string): Promise<void> => {
  const ended = await world.ends(await world.anyShop(), jobId);
  expect(ended.counts, JSON.stringify(ended)).toMatchObject({ total: POSTS, completed: POSTS });
};

const smallPool: FaultCase = {
  chapter: 8,
  title: 'a pool of two connections, all of them in use for longer than anybody waits for one',
  fits: isServer,
  async run(world) {
    await world.stopAll();
    const shop = await world.serve({ environment: TWO_CONNECTIONS });
    const posts = await world.newPosts(POSTS);
    world.provider.latency(400, 800);
    const job = await world.startJob(shop, posts);
    const client = await shop.admin();
    await client.reaches(job.id, ({ counts }) => counts.completed > 0);
    await holdJobs(world.ground, () =>
      waitFor(() => /Timeout acquiring a connection/.test(shop.output()), {
        timeoutMs: 30_000,
        what: () => `the pool to be exhausted:\n${shop.output().slice(-2_000)}`,
      })
    );
    await expectAll(world, job.id);
    await world.stop(shop);
  },
};

const deadlocks: FaultCase = {
  chapter: 8,
  title: 'deadlocks with somebody else’s transactions',
  fits: isServer,
  async run(world) {
    const { ground } = world;
    const shop = await world.anyShop();
    const client = await shop.admin();
    const before = await ground.deadlocks();
    const jobs: string[] = [];
    world.provider.latency(400, 800);
    const giveUpAt = Date.now() + DEADLOCKS_WITHIN_MS;
    while ((await ground.deadlocks()) < before + DEADLOCKS) {
      expect(Date.now(), 'deadlocks that the database has counted').toBeLessThan(giveUpAt);
      let id = jobs.at(-1);
      if (id === undefined || (await client.job(id)).status === 'completed') {
        ({ id } = await world.startJob(shop, await world.newPosts(POSTS)));
        jobs.push(id);
        await client.reaches(id, ({ counts }) => counts.completed > 0);
      }
      await crossLocks(ground, id);
    }
    for (const id of jobs) await expectAll(world, id);
  },
};

const droppedInside: FaultCase = {
  chapter: 8,
  title: 'the connection dropped inside the transaction that writes',
  fits: isServer,
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    world.traps.set('entry written, not committed', {
      action: 'hold',
      holdMs: 1_200,
      skip: world.random.between(1, 8),
    });
    const job = await world.startJob(shop, posts);
    await waitFor(() => world.traps.sprung().length > 0, { timeoutMs: 30_000, what: 'the transaction' });
    await world.ground.endConnections();
    await expectAll(world, job.id);
  },
};

const busy: FaultCase = {
  chapter: 8,
  title: 'SQLITE_BUSY: another process writes for longer than SQLite waits',
  fits: ({ database }) => database === 'sqlite',
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    world.provider.latency(100, 300);
    const job = await world.startJob(shop, posts);
    await (await shop.admin()).reaches(job.id, ({ counts }) => counts.completed >= 3);
    const other = new Database(path.join(world.ground.folder, 'bookshop.db'), { timeout: 10_000 });
    try {
      other.exec('begin immediate');
      await pause(7_000);
      other.exec('rollback');
    } finally {
      other.close();
    }
    await expectAll(world, job.id);
  },
};

export const DATABASE_TROUBLES: FaultCase[] = [smallPool, deadlocks, droppedInside, busy];
