import { expect } from 'vitest';
import type { BackendName } from '../../../server/src/contracts';
import type { World } from '../harness/world';
import type { FaultCase } from './fault-case';

const POSTS = 60;

/** A configuration changed from one start to the next, with the work of before unfinished. */
async function moveAlong(world: World, backends: BackendName[]): Promise<void> {
  await world.stopAll();
  const posts = await world.newPosts(POSTS);
  world.provider.latency(150, 300);
  let jobId: string | null = null;
  for (const [index, backend] of backends.entries()) {
    const shop = await world.serve({ backend });
    jobId ??= (await world.startJob(shop, posts)).id;
    const enough = ((index + 1) * POSTS) / (backends.length + 1);
    const client = await shop.admin();
    await client.reaches(jobId, ({ counts }) => counts.completed >= enough);
    // Orderly once, and by force once.
    if (index % 2 === 0) await world.stop(shop);
    else await world.kill(shop);
  }
  const last = await world.serve();
  const ended = await world.ends(last, String(jobId));
  expect(ended.counts).toMatchObject({ total: POSTS, completed: POSTS });
}

export const BACKEND_CHANGES: FaultCase[] = [
  {
    chapter: 11,
    title: 'the queue moved from embedded to Redis to PostgreSQL with unfinished work',
    fits: ({ database }) => database === 'postgres',
    run: (world) => moveAlong(world, ['embedded', 'redis', 'postgres']),
  },
  {
    chapter: 11,
    title: 'the queue moved from embedded to Redis with unfinished work',
    fits: ({ database }) => database !== 'postgres',
    run: (world) => moveAlong(world, ['embedded', 'redis']),
  },
];
