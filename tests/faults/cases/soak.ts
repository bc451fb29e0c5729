import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { disconnect, error, garbage, halfJson, openAiError } from '../../fakes/openai-server';
import { ROOT } from '../../bookshop/bookshop';
import { FORM } from '../harness/form';
import { freeze } from '../harness/freeze';
import { waitFor } from '../../wait-for';
import type { Shop, World } from '../harness/world';
import type { FaultCase } from './fault-case';

const DURATION_MS = { once: 40_000, main: 2 * 60_000, long: 20 * 60_000 }[FORM];
const POSTS = 40;
/** What lives in a process may have grown by between the first third and the end. */
const GROWTH_LIMIT_MB = 30;
const TELL_MEMORY = path.join(ROOT, 'tests', 'faults', 'harness', 'tell-memory.cjs');
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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

/** The one whose memory is watched is never killed; what may be is another one beside it. */
interface Crew {
  watched: Shop;
  other: Shop | null;
}

type Fault = (world: World, crew: Crew) => Promise<void>;

const faults: Record<string, Fault> = {
  freeze: (world, { watched }) => freeze(world, watched, world.random.between(500, 4_000)),
  async block(world, { watched, other }) {
    const holdMs = world.random.between(500, 3_500);
    const before = world.traps.sprung().length;
    world.traps.set('reply stored', { action: 'hold', holdMs });
    // It may be that nothing is left to be called for.
    await waitFor(() => world.traps.sprung().length > before, { timeoutMs: 5_000, what: 'a block' }).catch(
      () => undefined
    );
    await world.loses(watched, ...(other ? [other] : []));
    await pause(holdMs);
  },
  async kill(world, crew) {
    if (!crew.other) return;
    await world.kill(crew.other);
    crew.other = await world.serve();
  },
  async restart(world, crew) {
    if (!crew.other) return;
    await world.stop(crew.other);
    crew.other = await world.serve();
  },
  async queueAway(world) {
    if (!world.redisProxy) return;
    await world.redisProxy[world.random.pick(['refuse', 'silence'] as const)]();
    await pause(world.random.between(500, 4_000));
    await world.redisProxy.pass();
  },
  async queueEmptied(world) {
    if (world.redisProxy) await world.restartRedis();
  },
  async databaseAway(world, { watched, other }) {
    if (!world.ground.proxy) return;
    await world.ground.proxy.refuse();
    await pause(world.random.between(500, 3_000));
    await world.loses(watched, ...(other ? [other] : []));
    await world.ground.proxy.pass();
  },
  async connectionsEnded(world, { watched, other }) {
    await world.ground.endConnections();
    await world.loses(watched, ...(other ? [other] : []));
  },
  async badProvider(world) {
    world.provider.behave(() =>
      world.random.next() < 0.7
        ? null
        : world.random.pick([
            error(429, openAiError('Rate limit reached.', 'requests', 'rate_limit_exceeded'), {
              'retry-after': '1',
            }),
            error(500),
            disconnect(),
            garbage('not JSON at all'),
            halfJson(),
          ])
    );
    await pause(world.random.between(1_000, 4_000));
    world.provider.behave(null);
  },
};

async function endAll(world: World, shop: Shop): Promise<void> {
  const client = await shop.admin();
  for (const { id } of world.jobs) {
    const job = await client.job(id);
    if (job.status === 'paused') await client.act(id, 'resume');
    await client.ends(id, 120_000);
  }
}

export const SOAK: FaultCase[] = [
  {
    chapter: 12,
    title: 'a soak: faults of all kinds at random, and the memory stays flat',
    timeoutMs: DURATION_MS + 300_000,
    async run(world) {
      await world.stopAll();
      const crew: Crew = {
        watched: await world.serve({
          environment: { NODE_OPTIONS: `--require ${TELL_MEMORY}`, MEMORY_FILE: memoryFile(world) },
        }),
        other: world.combination.backend === 'embedded' ? null : await world.serve(),
      };
      const client = await crew.watched.admin();
      const until = Date.now() + DURATION_MS;
      const names = Object.keys(faults);
      const done: string[] = [];
      let early = 0;
      while (Date.now() < until) {
        const posts = await world.newPosts(POSTS);
        const { id } = await world.startJob(crew.watched, posts);
        const name = world.random.pick(names);
        done.push(`${new Date().toISOString().slice(14, 23)} ${name}`);
        await pause(world.random.between(200, 1_500));
        await faults[name]?.(world, crew);
        await pause(world.random.between(500, 2_000));
        // Not more than a few jobs at once.
        await client.reaches(id, ({ counts }) => counts.total - counts.pending > POSTS / 2, 120_000);
        if (early === 0 && Date.now() > until - (DURATION_MS * 2) / 3)
          early = await livingMb(world, crew.watched);
      }
      await endAll(world, crew.watched);
      const late = await livingMb(world, crew.watched);
      process.stdout.write(
        `soak: ${world.jobs.length} jobs, ${done.join(', ')}; ${early.toFixed(0)} → ${late.toFixed(0)} MB\n`
      );
      expect(late - early).toBeLessThan(GROWTH_LIMIT_MB);
      const rows = await world.ground.rows<{ status: string; error_code: string | null }>(
        `select status, error_code from ai_jobs_items where status <> 'completed' and job_id in
         (select id from ai_jobs_jobs where document_id in (${world.jobs.map(() => '?').join(', ')}))`,
        world.jobs.map(({ id }) => id)
      );
      // Each of those that did not come through has a reason in words; items whose processes died again and again are among them.
      expect(rows.filter((row) => row.error_code === null)).toEqual([]);
    },
  },
];
