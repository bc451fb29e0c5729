import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { waitFor } from '../../wait-for';
import type { World } from '../harness/world';
import type { FaultCase } from './fault-case';

const POSTS = 30;
const isServer: FaultCase['fits'] = ({ database }) => database !== 'sqlite';
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const expectAll = async (world: World, jobId: string): Promise<void> => {
  const ended = await world.ends(await world.anyShop(), jobId);
  expect(ended.counts, JSON.stringify(ended)).toMatchObject({ total: POSTS, completed: POSTS });
};

const smallPool: FaultCase = {
  chapter: 8,
  title: 'a pool of two connections, and more items at once than that',
  fits: isServer,
  async run(world) {
    await world.stopAll();
    const shop = await world.serve({
      environment: {
        DATABASE_POOL_MIN: '0',
        DATABASE_POOL_MAX: '2',
        DATABASE_CONNECTION_TIMEOUT: '3000',
      },
    });
    const posts = await world.newPosts(POSTS);
    const job = await world.startJob(shop, posts);
    // Whose reply finds no connection in time is asked again.
    await world.ends(shop, job.id).finally(() => world.loses(shop));
    await expectAll(world, job.id);
    await world.stop(shop);
  },
};

const deadlocks: FaultCase = {
  chapter: 8,
  title: 'deadlocks with somebody else’s transactions',
  fits: isServer,
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    const job = await world.startJob(shop, posts);
    const [row] = await world.ground.rows<{ id: number }>(
      'select id from ai_jobs_jobs where document_id = ?',
      [job.id]
    );
    const client = await shop.admin();
    let met = 0;
    for (let round = 0; round < 6; round += 1) {
      // The job's row first and its items then: the other way round than settling does it.
      met += await world.ground
        .together([
          { sql: 'select id from ai_jobs_jobs where id = ? for update', values: [row?.id] },
          { pauseMs: 250 },
          { sql: 'select id from ai_jobs_items where job_id = ? for update', values: [row?.id] },
        ])
        .then(
          () => 0,
          () => 1
        );
      if ((await client.job(job.id)).status === 'completed') break;
    }
    expect(met).toBeLessThanOrEqual(6);
    await expectAll(world, job.id);
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
    // Replies on their way into the database go down with it.
    await world.loses(shop);
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
      await world.loses(shop);
      other.exec('rollback');
    } finally {
      other.close();
    }
    await expectAll(world, job.id);
  },
};

export const DATABASE_TROUBLES: FaultCase[] = [smallPool, deadlocks, droppedInside, busy];
