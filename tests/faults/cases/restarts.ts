import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import type { QueueView, WorkerView } from '../../../server/src/contracts/queue';
import { waitFor } from '../../wait-for';
import { ARMED_PLUGIN, buildArmedPlugin } from '../harness/plugin-build';
import type { WorkingProcess } from '../harness/working-process';
import { wrongClock } from '../harness/wrong-clock';
import type { FaultCase } from './fault-case';

const POSTS = 30;
const ROLLING_POSTS = 120;

const longCall: FaultCase = {
  chapter: 10,
  title: 'SIGTERM with calls of 60 s in hand: they are handed back, blamed on nobody',
  async run(world) {
    await world.stopAll();
    const patient = await world.serve({
      config: { jobTypes: { 'fill-fields': { concurrency: 5, attempts: 3, timeoutSeconds: 90 } } },
    });
    const posts = await world.newPosts(POSTS);
    world.provider.latency(60_000, 60_000);
    const before = world.provider.calls.length;
    const job = await world.startJob(patient, posts);
    await waitFor(() => world.provider.calls.length >= before + 5, { timeoutMs: 30_000, what: 'five calls' });
    await world.stop(patient);
    const blamed = await world.ground.rows(
      `select id from ai_jobs_items where job_id = (select id from ai_jobs_jobs where document_id = ?) and
       (status <> 'pending' or crashes > 0 or attempts > 0)`,
      [job.id]
    );
    expect(blamed).toEqual([]);
    world.provider.latency(30, 120);
    const ended = await world.ends(await world.serve(), job.id);
    expect(ended.counts).toMatchObject({ total: POSTS, completed: POSTS });
  },
};

const rolling: FaultCase = {
  chapter: 10,
  title: 'a rolling restart: the old and the new version at work together',
  async run(world) {
    const newer = `${ARMED_PLUGIN}-newer`;
    await buildArmedPlugin(newer, '99.0.0');
    const old = await world.anyShop();
    const posts = await world.newPosts(ROLLING_POSTS);
    const before = world.provider.calls.length;
    const callsOf = ({ name }: WorkingProcess): number =>
      world.provider.calls.slice(before).filter((call) => call.process === name).length;
    const moreCallsOf = async (each: WorkingProcess): Promise<void> => {
      const soFar = callsOf(each);
      await waitFor(() => callsOf(each) >= soFar + 3, { timeoutMs: 60_000, what: `calls of ${each.name}` });
    };
    // Slow enough for the work to outlast the start of the other one, and the end of the first.
    world.provider.latency(3_000, 4_000);
    const job = await world.startJob(old, posts);
    await moreCallsOf(old);
    const next = await world.serve({ plugin: newer });
    // The embedded queue belongs to one process: there the newer version begins when the old one has gone.
    if (world.combination.backend !== 'embedded') await Promise.all([moreCallsOf(old), moreCallsOf(next)]);
    await world.stop(old);
    await moreCallsOf(next);
    world.provider.latency(30, 120);
    const ended = await world.ends(next, job.id);
    expect(ended.counts).toMatchObject({ total: ROLLING_POSTS, completed: ROLLING_POSTS });
    await world.stop(next);
    await rm(newer, { recursive: true, force: true });
  },
};

const clock = (minutes: number): FaultCase => ({
  chapter: 10,
  title: `a second worker whose clock is 5 minutes ${minutes > 0 ? 'fast' : 'slow'}: both go on working`,
  fits: ({ backend }) => backend !== 'embedded',
  async run(world) {
    const shop = await world.anyShop();
    const other = await world.serve({ environment: wrongClock(minutes) });
    const posts = await world.newPosts(POSTS);
    world.provider.latency(800, 1_500);
    const before = world.provider.calls.length;
    const job = await world.startJob(shop, posts);
    const ended = await world.ends(shop, job.id);
    expect(ended.counts).toMatchObject({ total: POSTS, completed: POSTS });
    expect(new Set(world.provider.calls.slice(before).map((call) => call.process)).size).toBe(2);
    const taken = await world.ground.rows(
      'select id from ai_jobs_items where crashes > 0 and job_id = (select id from ai_jobs_jobs where document_id = ?)',
      [job.id]
    );
    expect(taken, 'nobody’s items are taken for those of a dead worker').toEqual([]);
    const client = await shop.admin();
    const listed = async (): Promise<WorkerView[]> =>
      (await client.data<QueueView>('GET', '/ai-jobs/queue')).workers;
    const heartbeats = (await listed()).map(({ heartbeatAt }) => Date.parse(heartbeatAt));
    expect(heartbeats).toHaveLength(2);
    for (const heartbeat of heartbeats) expect(Math.abs(Date.now() - heartbeat)).toBeLessThan(60_000);
    await world.kill(other);
    await waitFor(async () => (await listed()).length === 1, {
      timeoutMs: 60_000,
      what: 'the killed worker to leave the list',
    });
  },
});

const clockAtRestart: FaultCase = {
  chapter: 10,
  title: 'the clock set back by 5 minutes over a crash: what was in hand does not wait for it',
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    world.provider.latency(300, 600);
    const before = world.provider.calls.length;
    const job = await world.startJob(shop, posts);
    await waitFor(() => world.provider.calls.length >= before + 8, { timeoutMs: 30_000, what: 'some calls' });
    await world.kill(shop);
    const slow = await world.serve({ environment: wrongClock(-5) });
    expect((await world.ends(slow, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
    await world.stop(slow);
  },
};

export const RESTARTS: FaultCase[] = [longCall, rolling, clock(5), clock(-5), clockAtRestart];
