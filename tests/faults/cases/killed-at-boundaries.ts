import { expect } from 'vitest';
import type { FaultPoint } from '../../../server/src/fault-points';
import { waitFor } from '../../wait-for';
import type { World } from '../harness/world';
import type { FaultCase } from './fault-case';

const POSTS = 30;
/** Within an item's way: let some pass first, so that the job is in full swing. */
const POINTS: FaultPoint[] = [
  'window taken',
  'item claimed',
  'call allowed',
  'reply received',
  'reply stored',
  'entry written, not committed',
  'entry applied',
];

async function goesOn(world: World, jobId: string): Promise<void> {
  const ended = await world.ends(await world.serve(), jobId);
  expect(ended.counts).toMatchObject({ total: POSTS, completed: POSTS });
}

const killedAt = (point: FaultPoint): FaultCase => ({
  chapter: 1,
  title: `SIGKILL: ${point}`,
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    world.traps.set(point, { skip: world.random.between(1, 6) });
    const job = await world.startJob(shop, posts);
    await world.died(shop);
    expect(world.traps.sprung().at(-1)).toMatchObject({ point, pid: shop.pid });
    await goesOn(world, job.id);
  },
});

const killedBeforeTheAnswer: FaultCase = {
  chapter: 1,
  title: 'SIGKILL: job written, its maker not answered',
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    world.traps.set('job written', {});
    const body = world.body(posts, { idempotencyKey: `killed-${String(posts[0]?.documentId)}` });
    const client = await shop.admin();
    await expect(client.createJob(body)).rejects.toThrow();
    await world.died(shop);
    const next = await world.serve();
    // The person clicks again: it is the job that is there already.
    const job = await (await next.admin()).createJob(body);
    world.watch(job.id, posts);
    expect((await world.ends(next, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
  },
};

const killedDuringTheCall: FaultCase = {
  chapter: 1,
  title: 'SIGKILL: during the call',
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    world.provider.latency(400, 800);
    const before = world.provider.calls.length;
    const job = await world.startJob(shop, posts);
    const enough = before + world.random.between(2, 12);
    await waitFor(() => world.provider.calls.length >= enough && world.provider.ai.active > 0, {
      timeoutMs: 30_000,
      what: 'calls under way',
    });
    await world.kill(shop);
    world.provider.latency(30, 120);
    await goesOn(world, job.id);
  },
};

export const KILLED_AT_BOUNDARIES: FaultCase[] = [
  killedBeforeTheAnswer,
  ...POINTS.map(killedAt),
  killedDuringTheCall,
];
