import { setTimeout as pause } from 'node:timers/promises';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { ROOT } from '../../bookshop/bookshop';
import { waitFor } from '../../wait-for';
import { FORM } from '../harness/form';
import type { Shop } from '../harness/working-process';
import type { World } from '../harness/world';
import type { FaultCase } from './fault-case';
import { join, resumePaused, type Crew } from './soak-crew';
import { SOAK_FAULTS } from './soak-faults';

const DURATION_MS = { once: 40_000, main: 2 * 60_000, long: 20 * 60_000 }[FORM];
const POSTS = 40;
/** What lives in a process may have grown by between the first third and the end. */
const GROWTH_LIMIT_MB = 30;
/** Of all items, those that may fail: tried three times while nearly every third call goes wrong, or crashed with three kills. */
const FAILURE_LIMIT = 0.02;
const FEWEST_FAILURES = 3;
/** What an item may fail of; anything else is the engine's own doing. */
const FAILURES = [
  'provider_unavailable',
  'provider_unreachable',
  'provider_bad_reply',
  'provider_timeout',
  'crashed',
];
const TELL_MEMORY = path.join(ROOT, 'tests', 'faults', 'harness', 'tell-memory.cjs');

const memoryFile = (world: World): string => path.join(world.ground.folder, 'memory');

/** What lives in the process after a collection of its garbage: what it holds from the system says little. */
async function livingMb(world: World, { pid }: Shop): Promise<number> {
  await rm(memoryFile(world), { force: true });
  process.kill(pid, 'SIGUSR2');
  const bytes = await waitFor(() => readFile(memoryFile(world), 'utf8').catch(() => null), {
    timeoutMs: 30_000,
    what: 'the process to tell what lives in it',
  });
  return Number(bytes) / 1_048_576;
}

async function gather(world: World): Promise<Crew> {
  const startWatched = async () =>
    join(
      await world.serve({
        environment: { NODE_OPTIONS: `--require ${TELL_MEMORY}`, MEMORY_FILE: memoryFile(world) },
      })
    );
  const watched = await startWatched();
  const isAlone = world.combination.backend === 'embedded';
  const other = isAlone ? null : await join(await world.serve());
  return { watched, other, mayDie: true, startWatched, pausesFor: new Set(), deleted: new Set() };
}

/** Waits until a job is so far, and resumes what a fault has paused. */
async function getsOn(
  world: World,
  crew: Crew,
  jobId: string,
  isSoFar: (open: number) => boolean
): Promise<void> {
  await waitFor(
    async () => {
      if (crew.deleted.has(jobId)) return true;
      const { status, counts, listed } = await crew.watched.admin.job(jobId);
      if (status === 'paused') await resumePaused(world, crew);
      return status === 'cancelled'
        ? counts.pending + counts.processing === 0
        : listed && isSoFar(counts.pending + counts.processing);
    },
    { timeoutMs: 180_000, everyMs: 100, what: () => `job ${jobId} to get on` }
  );
}

async function expectFewFailures(world: World): Promise<string> {
  const rows = await world.ground.rows<{ status: string; error_code: string | null; reason: unknown }>(
    `select status, error_code, reason from ai_jobs_items where job_id in
     (select id from ai_jobs_jobs where document_id in (${world.jobs.map(() => '?').join(', ')}))`,
    world.jobs.map(({ id }) => id)
  );
  const ends = new Map<string, number>();
  for (const { status, error_code } of rows) {
    const end = error_code === null ? status : `${status} (${error_code})`;
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  const told = [...ends].map(([end, count]) => `${count} ${end}`).join(', ');
  const failed = rows.filter(({ status }) => status === 'failed');
  expect(
    failed.filter(({ error_code }) => error_code === null || !FAILURES.includes(error_code)),
    told
  ).toEqual([]);
  expect(failed.length, told).toBeLessThanOrEqual(
    Math.max(FEWEST_FAILURES, Math.floor(rows.length * FAILURE_LIMIT))
  );
  return told;
}

export const SOAK: FaultCase[] = [
  {
    chapter: 12,
    title: 'a soak: faults of all kinds at random, and the memory stays flat',
    timeoutMs: DURATION_MS + 300_000,
    async run(world) {
      await world.stopAll();
      const crew = await gather(world);
      const until = Date.now() + DURATION_MS;
      const names = Object.keys(SOAK_FAULTS);
      const done: string[] = [];
      let early = 0;
      while (Date.now() < until) {
        const posts = await world.newPosts(POSTS);
        const { id } = await world.startJob(crew.watched.shop, posts);
        await pause(world.random.between(100, 800));
        const name = world.random.pick(names);
        const at = new Date().toISOString().slice(14, 23);
        if (await SOAK_FAULTS[name]?.(world, crew, { id, posts })) done.push(`${at} ${name}`);
        await pause(world.random.between(500, 2_000));
        // Not more than a few jobs at once.
        await getsOn(world, crew, id, (open) => open < POSTS / 2);
        if (early === 0 && Date.now() > until - (DURATION_MS * 2) / 3) {
          crew.mayDie = false;
          early = await livingMb(world, crew.watched.shop);
        }
      }
      for (const { id } of world.jobs) await getsOn(world, crew, id, (open) => open === 0);
      const late = await livingMb(world, crew.watched.shop);
      process.stdout.write(
        `soak: ${world.jobs.length} jobs; ${done.join(', ')}; ${early.toFixed(0)} → ${late.toFixed(0)} MB\n`
      );
      process.stdout.write(`soak: ${await expectFewFailures(world)}\n`);
      expect(late - early).toBeLessThan(GROWTH_LIMIT_MB);
    },
  },
];
