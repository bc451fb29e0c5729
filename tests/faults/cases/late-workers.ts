import { expect } from 'vitest';
import type { FaultPoint } from '../../../server/src/fault-points';
import { waitFor } from '../../wait-for';
import { freeze } from '../harness/freeze';
import type { Shop } from '../harness/working-process';
import type { World } from '../harness/world';
import type { FaultCase } from './fault-case';

const POSTS = 30;
/** More than twice the lease of the harness. */
const LATE_MS = 5_000;
/** For another worker to take over. */
const TAKEOVER_WITHIN_MS = 20_000;
/** A process that is stopped in the middle of a transaction keeps others out of what it has locked: then once more. */
const MOST_ROUNDS = 5;

/** The embedded queue belongs to one process: there nobody takes over. */
const hasSecond = ({ combination }: World): boolean => combination.backend !== 'embedded';

async function takenOver(world: World, jobId: string): Promise<void> {
  await waitFor(async () => (await world.takeovers(jobId)) > 0, {
    timeoutMs: TAKEOVER_WITHIN_MS,
    everyMs: 100,
    what: 'another worker to take over what the late one held',
  });
}

async function expectAll(world: World, shop: Shop, jobId: string): Promise<void> {
  expect((await world.ends(shop, jobId)).counts).toMatchObject({ total: POSTS, completed: POSTS });
}

/** @returns whether another worker took over */
async function blockOnce(world: World, shop: Shop, point: FaultPoint): Promise<boolean> {
  const posts = await world.newPosts(POSTS);
  const before = world.traps.sprung().length;
  world.traps.set(point, {
    action: 'hold',
    holdMs: hasSecond(world) ? 2 * TAKEOVER_WITHIN_MS : LATE_MS,
    skip: world.random.between(1, 6),
  });
  const job = await world.startJob(shop, posts);
  await waitFor(() => world.traps.sprung().length > before, { timeoutMs: 30_000, what: 'the block' });
  const sprung = world.traps.sprung()[before];
  const blocked = world.running().find(({ pid }) => pid === sprung?.pid);
  if (!blocked || !sprung) throw new Error('The trap has sprung in a process that nobody knows.');
  if (hasSecond(world)) {
    // It is not let go before another one has what it held.
    await takenOver(world, job.id).catch(() => undefined);
    await world.fellSilent(blocked, sprung.at);
    world.traps.release();
  }
  const other = world.running().find((running) => running !== blocked) ?? shop;
  await expectAll(world, other, job.id);
  // What the late one still wants to say has to be heard, and refused, before the books are read.
  await (await blocked.admin()).job(job.id);
  const takeovers = await world.takeovers(job.id);
  if (!hasSecond(world)) expect(takeovers, 'what nobody took over is no crash').toBe(0);
  return takeovers > 0;
}

const blockedAt = (point: FaultPoint): FaultCase => ({
  chapter: 5,
  title: `an event loop blocked past the lease: ${point}`,
  // In the middle of a transaction it keeps everybody else out of SQLite's one file: nobody can take over.
  fits: ({ backend, database }) =>
    point !== 'entry written, not committed' || database !== 'sqlite' || backend === 'embedded',
  async run(world) {
    const shop = await world.anyShop();
    if (hasSecond(world)) await world.serve();
    world.provider.latency(300, 600);
    for (let round = 1; !(await blockOnce(world, shop, point)) && hasSecond(world); round += 1)
      expect(round, 'a round in which another worker took over').toBeLessThan(MOST_ROUNDS);
  },
});

const stopped: FaultCase = {
  chapter: 5,
  title: 'SIGSTOP past the lease, then SIGCONT: the late one changes nothing',
  async run(world) {
    const shop = await world.anyShop();
    if (hasSecond(world)) await world.serve();
    world.provider.latency(800, 1_200);
    for (let round = 1; ; round += 1) {
      const posts = await world.newPosts(POSTS);
      const before = world.provider.calls.length;
      const job = await world.startJob(shop, posts);
      await waitFor(
        () => world.provider.calls.slice(before).filter((call) => call.process === shop.name).length >= 4,
        { timeoutMs: 30_000, what: 'calls of the one that is stopped' }
      );
      await freeze(world, shop, () =>
        hasSecond(world)
          ? takenOver(world, job.id).catch(() => undefined)
          : new Promise((resolve) => setTimeout(resolve, LATE_MS))
      );
      await expectAll(world, shop, job.id);
      const takeovers = await world.takeovers(job.id);
      if (!hasSecond(world)) return expect(takeovers, 'what nobody took over is no crash').toBe(0);
      if (takeovers > 0) return;
      expect(round, 'a round in which another worker took over').toBeLessThan(MOST_ROUNDS);
    }
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
