import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { FaultPoint } from '../../../server/src/fault-points';
import { waitFor } from '../../wait-for';
import { LONG } from '../harness/form';
import type { Shop, WorkingProcess } from '../harness/working-process';
import type { World } from '../harness/world';
import { freeze } from '../harness/freeze';
import type { FaultCase } from './fault-case';

const POSTS = 40;
const AWAY_MS = LONG ? 30_000 : 6_000;
const POINTS: FaultPoint[] = [
  'window taken',
  'item claimed',
  'call allowed',
  'reply received',
  'reply stored',
  'entry written, not committed',
  'entry applied',
];

/** A server that leaves the work to two workers. */
async function together(world: World): Promise<{ shop: Shop; workers: WorkingProcess[] }> {
  const shop = world.running()[0] ?? (await world.serve({ config: { workers: { inProcess: false } } }));
  while (world.working().length < 2) await world.work({ config: { workers: { shutdownGraceMs: 1_000 } } });
  return { shop, workers: world.working() };
}

async function expectAll(world: World, shop: Shop, jobId: string): Promise<void> {
  expect((await world.ends(shop, jobId)).counts).toMatchObject({ total: POSTS, completed: POSTS });
}

const workerKilledAt = (point: FaultPoint): FaultCase => ({
  chapter: 1,
  title: `one of two workers killed: ${point}`,
  async run(world) {
    const { shop, workers } = await together(world);
    const posts = await world.newPosts(POSTS);
    // Windows are taken a few times in all, by three processes.
    world.traps.set(point, { skip: point === 'window taken' ? 0 : world.random.between(1, 6) });
    const job = await world.startJob(shop, posts);
    await waitFor(() => world.traps.sprung().length > 0, { timeoutMs: 30_000, what: 'the trap' });
    const caught = [...workers, shop].find(({ pid }) => pid === world.traps.sprung()[0]?.pid);
    if (!caught) throw new Error('The trap has sprung in a process that nobody knows.');
    await world.died(caught);
    await expectAll(world, caught === shop ? (await together(world)).shop : shop, job.id);
  },
});

/** Starts a job, and does something to the first worker when it is in full swing. */
const inFullSwing = (
  chapter: number,
  title: string,
  what: (world: World, worker: WorkingProcess, jobId: string) => Promise<void>
): FaultCase => ({
  chapter,
  title,
  async run(world) {
    const { shop, workers } = await together(world);
    const [first] = workers;
    if (!first) throw new Error('There is no worker.');
    const posts = await world.newPosts(POSTS);
    // So that the other one does not do it all before the first has begun.
    world.provider.latency(2_500, 3_500);
    const before = world.provider.calls.length;
    const job = await world.startJob(shop, posts);
    await waitFor(
      () => world.provider.calls.slice(before).filter((call) => call.process === first.name).length >= 4,
      { timeoutMs: 30_000, what: 'calls of the first worker' }
    );
    world.provider.latency(600, 1_200);
    await what(world, first, job.id);
    await expectAll(world, shop, job.id);
  },
});

/** How many connections of a process are in some state, as PostgreSQL has it. */
const connectionsOf = async ({ ground }: World, name: string, where: string): Promise<number> =>
  (await ground.rows(`select 1 from pg_stat_activity where application_name = ? and ${where}`, [name]))
    .length;

/** Its worst moment: the job's row is its own, and whoever begins or ends an item of the job needs that row. */
const frozenWithTheJob = inFullSwing(
  5,
  'one of two workers stopped in the middle of a transaction that holds the job',
  async (world, worker, jobId) => {
    const [job] = await world.ground.rows<{ id: number }>(
      'select id from ai_jobs_jobs where document_id = ?',
      [jobId]
    );
    const comesToIt = (): Promise<boolean> =>
      waitFor(
        async () =>
          (await connectionsOf(
            world,
            worker.name,
            `exists (select 1 from unnest(pg_blocking_pids(pid)) blocking join pg_stat_activity other
               on other.pid = blocking where other.application_name = 'harness')`
          )) > 0,
        { timeoutMs: 30_000, what: 'the worker to come to the job’s row' }
      );
    const holds = async (): Promise<boolean> =>
      (await connectionsOf(world, worker.name, `state = 'idle in transaction'`)) > 0;
    let isStopped = false;
    const released = world.ground
      .together([
        { sql: 'select id from ai_jobs_jobs where id = ? for update', values: [job?.id] },
        { until: comesToIt },
        { until: () => waitFor(() => isStopped, { timeoutMs: 10_000, what: 'the worker to be stopped' }) },
      ])
      .then(() => null)
      .catch((error: unknown) => error);
    // Whatever fails on the way, the row is free in the end.
    const failed = await Promise.race([released, comesToIt().then(() => null)]);
    if (failed) throw failed as Error;
    await freeze(
      world,
      worker,
      async () => {
        isStopped = true;
        expect(await released).toBeNull();
        await waitFor(holds, { timeoutMs: 10_000, what: 'the stopped worker to be given the job’s row' });
        const [shop] = world.running();
        if (!shop) throw new Error('There is no server.');
        const other = await world.startJob(shop, await world.newPosts(3));
        await (await shop.admin()).ends(other.id, 10_000);
        await waitFor(async () => (await world.takeovers(jobId)) > 0, {
          timeoutMs: 15_000,
          everyMs: 100,
          what: 'the other worker to take over what the stopped one held',
        });
      },
      { mostTries: 1 }
    );
  }
);

const serverKilled: FaultCase = {
  chapter: 1,
  title: 'the server killed: its workers go on to the end',
  async run(world) {
    const { shop } = await together(world);
    const posts = await world.newPosts(POSTS);
    world.provider.latency(200, 400);
    const job = await world.startJob(shop, posts);
    await (await shop.admin()).reaches(job.id, ({ counts }) => counts.completed >= 3);
    await world.kill(shop);
    await waitFor(
      async () =>
        (
          await world.ground.rows<{ status: string }>(
            'select status from ai_jobs_jobs where document_id = ?',
            [job.id]
          )
        )[0]?.status === 'completed',
      { timeoutMs: 60_000, everyMs: 200, what: 'the workers to finish the job' }
    );
    await expectAll(world, (await together(world)).shop, job.id);
  },
};

export const WORKERS_APART: FaultCase[] = [
  ...POINTS.map(workerKilledAt),
  serverKilled,
  inFullSwing(5, 'one of two workers stopped past its lease, then continued', (world, worker, jobId) =>
    freeze(world, worker, () =>
      waitFor(async () => (await world.takeovers(jobId)) > 0, {
        timeoutMs: 15_000,
        everyMs: 100,
        what: 'the other worker to take over',
      })
    )
  ),
  frozenWithTheJob,
  inFullSwing(
    10,
    'SIGTERM to one of two workers: it hands back what it holds and ends with 0',
    (world, worker) => world.stop(worker)
  ),
  {
    ...inFullSwing(4, 'Redis away from all of them in mid-job', async (world) => {
      await world.redisProxy?.refuse();
      await pause(AWAY_MS);
      await world.redisProxy?.pass();
    }),
    fits: ({ backend }) => backend === 'redis',
  },
  inFullSwing(4, 'the database away from all of them in mid-job', async (world) => {
    await world.ground.proxy?.refuse();
    await pause(AWAY_MS);
    await world.ground.proxy?.pass();
  }),
];
