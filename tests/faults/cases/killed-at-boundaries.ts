import { expect } from 'vitest';
import type { FaultPoint } from '../../../server/src/fault-points';
import { sweptAway } from '../../bookshop/deleted-jobs';
import { waitFor } from '../../wait-for';
import type { World } from '../harness/world';
import type { FaultCase } from './fault-case';

const POSTS = 30;
/** Within an item's way: let some pass first, so that the job is in full swing. */
export const POINTS: FaultPoint[] = [
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
    // A job of this size takes two windows; all else comes once for each item.
    world.traps.set(point, {
      skip: point === 'window taken' ? world.random.between(0, 1) : world.random.between(1, 6),
    });
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

const killedWhileDeleting: FaultCase = {
  chapter: 1,
  title: 'SIGKILL: job deleted, its rows not all removed',
  async run(world) {
    const shop = await world.anyShop();
    const client = await shop.admin();
    const posts = await world.newPosts(POSTS);
    const job = await world.startJob(shop, posts);
    await world.ends(shop, job.id);
    const [row] = await world.ground.rows<{ id: number }>(
      'select id from ai_jobs_jobs where document_id = ?',
      [job.id]
    );
    // Right after the deletion, or after the rows of some of its tables.
    world.traps.set('deleted job found', { skip: world.random.between(0, 4) });
    await expect(client.request('DELETE', `/ai-jobs/jobs/${job.id}`)).rejects.toThrow();
    await world.died(shop);
    expect(world.traps.sprung().at(-1)).toMatchObject({ point: 'deleted job found', pid: shop.pid });
    const next = await (await world.serve()).admin();
    expect((await next.request('GET', `/ai-jobs/jobs/${job.id}`)).status).toBe(404);
    await sweptAway(world.ground, Number(row?.id));
  },
};

export const KILLED_AT_BOUNDARIES: FaultCase[] = [
  killedBeforeTheAnswer,
  ...POINTS.map(killedAt),
  killedDuringTheCall,
  killedWhileDeleting,
];
