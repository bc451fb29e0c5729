import { expect } from 'vitest';
import type { FaultPoint } from '../../../server/src/fault-points';
import { waitFor } from '../../wait-for';
import { freeze } from '../harness/freeze';
import type { World } from '../harness/world';
import type { FaultCase } from './fault-case';

const POSTS = 30;
/** More than twice the lease of the harness. */
const LATE_MS = 5_000;

/** The embedded queue belongs to one process: there nobody takes over. */
async function withSecondWorker(world: World): Promise<void> {
  if (world.combination.backend !== 'embedded') await world.serve();
}

const blockedAt = (point: FaultPoint): FaultCase => ({
  chapter: 5,
  title: `an event loop blocked past the lease: ${point}`,
  async run(world) {
    const shop = await world.anyShop();
    await withSecondWorker(world);
    const posts = await world.newPosts(POSTS);
    world.provider.latency(100, 300);
    world.traps.set(point, { action: 'hold', holdMs: LATE_MS, skip: world.random.between(1, 6) });
    const job = await world.startJob(shop, posts);
    await waitFor(() => world.traps.sprung().length > 0, { timeoutMs: 30_000, what: 'the block' });
    const blocked = world.running().find(({ pid }) => pid === world.traps.sprung()[0]?.pid);
    if (blocked) await world.loses(blocked);
    const other = world.running().find((running) => running !== blocked) ?? shop;
    expect((await world.ends(other, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
    // What the late one still wants to say has to be heard, and refused, before the books are read.
    if (blocked) await (await blocked.admin()).job(job.id);
  },
});

const stopped: FaultCase = {
  chapter: 5,
  title: 'SIGSTOP past the lease, then SIGCONT: the late one changes nothing',
  async run(world) {
    const shop = await world.anyShop();
    await withSecondWorker(world);
    const posts = await world.newPosts(POSTS);
    world.provider.latency(300, 600);
    const before = world.provider.calls.length;
    const job = await world.startJob(shop, posts);
    await waitFor(
      () => world.provider.calls.slice(before).filter((call) => call.process === shop.name).length >= 4,
      { timeoutMs: 30_000, what: 'calls of the one that is stopped' }
    );
    await freeze(world, shop, LATE_MS);
    expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
  },
};

export const LATE_WORKERS: FaultCase[] = [
  blockedAt('item claimed'),
  blockedAt('call allowed'),
  blockedAt('reply stored'),
  blockedAt('entry written, not committed'),
  blockedAt('entry applied'),
  stopped,
];
