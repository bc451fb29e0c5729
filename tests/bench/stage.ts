import path from 'node:path';
import type { BackendName } from '../../server/src/contracts/queue';
import type { JobDetail } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { freePort, ROOT, startBookshop, type Bookshop, type BookshopOptions } from '../bookshop/bookshop';
import { fillBody, POST } from '../bookshop/fill-jobs';
import { ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { databaseEnvironment } from '../services/database-environment';
import { startPostgres } from '../services/postgres';
import { startRedis } from '../services/redis';
import { startNode } from '../bookshop/strapi-process';
import { startWorker } from '../bookshop/worker-process';
import { waitFor } from '../wait-for';

/** What a bench runs on: a bookshop in a process of its own, and an AI that answers at once unless told otherwise. */
export interface Stage {
  backend: BackendName;
  shop: Bookshop;
  admin: AdminClient;
  ai: FakeOpenAi;
  /** Posts that a bench may write, made at the first call and kept. */
  posts(count: number): Promise<string[]>;
  /** Runs the same work without the plugin, in the same process. @returns milliseconds */
  plainLoop(documentIds: string[], parallel: number): Promise<number>;
  /** Begins the document ids of all those posts. */
  copiesMark: string;
  /** Runs a job over some posts, all of which must complete. */
  runJob(documentIds: string[]): Promise<{ job: JobDetail; ms: number }>;
  /** Waits for a job's end, past the plugin: whoever watches shall not be what is measured. */
  ended(id: string): Promise<JobDetail>;
  /** Ended jobs and items in the tables. @returns the id of the biggest job */
  fillTables(order: { jobs: number; items: number }): Promise<{ biggest: string }>;
  /** Visitors may list posts. */
  openToPublic(): Promise<null>;
  /** A process of its own for the same work without the plugin; it ends with the stage, or before. */
  startLoop(): Promise<{ plainLoop: Stage['plainLoop']; stop(): Promise<void> }>;
  /** Starts `ai-jobs worker` beside the server; it ends with the stage, or before. */
  startWorker(): Promise<{ stop(): Promise<void> }>;
  /**
   * Ends Strapi and starts it again on the same database; the stage's own sign-in does not outlive it.
   * @returns milliseconds until it answered, and its memory then, in bytes
   */
  startAgain(): Promise<{ ms: number; rss: number }>;
  /** Bytes, after a garbage collection. */
  memory(): Promise<{ rss: number; heapUsed: number }>;
  close(): Promise<void>;
}

/** Which database Strapi is on: PostgreSQL for the backend that lives in it, else SQLite. */
export const databaseOf = (backend: BackendName): string =>
  backend === 'postgres' ? 'PostgreSQL' : 'SQLite';

/** For so long the engine may go gently after something has held up its process (queue/loop-limit.ts); milliseconds. */
const REST_MS = 3_000;

/** Until a job is no longer measured by what ran before it in its process. */
export const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, REST_MS));

export interface StageOptions {
  /** Calls at once. */
  concurrency?: number;
  config?: Record<string, unknown>;
  /** Strapi's own; by default PostgreSQL where the queue is in it, else SQLite. */
  database?: 'SQLite' | 'PostgreSQL';
  /** Whether the plugin is there at all. */
  enabled?: boolean;
}

const HOST = path.join(ROOT, 'tests', 'bench', 'host.cjs');

/** Asks a host by its door for the bench. */
async function ask<Answer>(port: number, door: string, order: unknown = {}): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${door}`, {
    method: 'POST',
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(3_600_000),
  });
  if (!response.ok) throw new Error(`The bench's host answered: ${await response.text()}`);
  return (await response.json()) as Answer;
}

export async function openStage(backend: BackendName, options: StageOptions = {}): Promise<Stage> {
  const ends: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const ai = await startOpenAiServer((_request, index) => {
      // The server keeps what it was asked: over a hundred thousand calls that would be what is measured.
      if (index > 2_000) ai.reset();
      return ok({ metaTitle: `A title for call ${index} of ${Date.now() % 100_000}` });
    });
    ends.push(() => ai.close());
    const environment: Record<string, string> = {
      OPENAI_API_KEY: 'sk-bench',
      OPENAI_BASE_URL: ai.url,
    };
    if (backend === 'redis') {
      const redis = await startRedis({ own: true });
      if (!redis) throw new Error('There is no Redis here: install it, or leave this backend out.');
      ends.push(() => redis.stop());
      environment.REDIS_URL = redis.url;
    }
    const onPostgres = (options.database ?? databaseOf(backend)) === 'PostgreSQL';
    if (onPostgres) {
      const postgres = await startPostgres();
      if (!postgres) throw new Error('There is no PostgreSQL here: install it, or leave this backend out.');
      ends.push(() => postgres.stop());
      const connection = await postgres.createDatabase('bench');
      Object.assign(environment, {
        ...databaseEnvironment('postgres', connection),
      });
    }
    const controlPort = await freePort();
    const order: BookshopOptions = {
      config: {
        jobTypes: { 'fill-fields': { concurrency: options.concurrency ?? 20 } },
        // Its default would be what a bench with more calls at once measures.
        providers: { openai: { maxParallel: Math.max(20, options.concurrency ?? 20) } },
        ...options.config,
      },
      environment: {
        ...environment,
        BENCH_CONTROL_PORT: String(controlPort),
        ...(options.enabled === false ? { BOOKSHOP_AI_JOBS: 'false', BOOKSHOP_SEED: 'people' } : {}),
      },
      command: ['--expose-gc', HOST],
    };
    const shop = await startBookshop({ ...order, database: onPostgres ? 'empty' : 'seeded' });
    let running = shop;
    ends.push(() => running.remove());
    const control = <Answer>(door: string, order: unknown = {}): Promise<Answer> =>
      ask<Answer>(controlPort, door, order);
    const plainLoopOf =
      (port: number): Stage['plainLoop'] =>
      async (documentIds, parallel) => {
        const { ms, written } = await ask<{ ms: number; written: number }>(port, '/plain-loop', {
          documentIds,
          parallel,
          baseUrl: ai.url,
        });
        if (written !== documentIds.length) throw new Error(`The plain loop wrote ${written} entries.`);
        return ms;
      };
    const made: string[] = [];
    const admin = await shop.admin();
    const ended = async (id: string): Promise<JobDetail> => {
      await waitFor(() => control<boolean>('/ended', { id }), {
        timeoutMs: 3_600_000,
        everyMs: 100,
        what: 'the job to end',
      });
      return admin.job(id);
    };
    return {
      backend,
      shop,
      ai,
      admin,
      copiesMark: 'bench',
      ended,
      async posts(count) {
        if (made.length < count)
          made.push(...(await control<string[]>('/posts', { count: count - made.length })));
        return made.slice(0, count);
      },
      plainLoop: plainLoopOf(controlPort),
      async startLoop() {
        const port = await freePort();
        const { child, exitCode, ended, output } = startNode(path.join(ROOT, 'demo'), [HOST], {
          ...shop.environment,
          ...environment,
          BOOKSHOP_SEED: 'false',
          BENCH_CONTROL_PORT: String(port),
          BENCH_APART: 'true',
        });
        const stop = async (): Promise<void> => {
          if (exitCode() === undefined) child.kill('SIGKILL');
          await ended;
        };
        ends.push(stop);
        const answers = (): Promise<unknown> => {
          if (exitCode() !== undefined)
            throw new Error(`The plain loop's process ended while starting:\n${output()}`);
          return ask(port, '/memory').catch(() => null);
        };
        await waitFor(answers, {
          timeoutMs: 120_000,
          what: () => `the plain loop's process to answer:\n${output().slice(-2_000)}`,
        });
        return { plainLoop: plainLoopOf(port), stop };
      },
      async runJob(documentIds) {
        const { id } = await admin.createJob(benchJob({ contentType: POST, documentIds }));
        const job = await ended(id);
        if (job.counts.completed !== documentIds.length)
          throw new Error(
            `The job did not complete: ${JSON.stringify({ counts: job.counts, groups: job.errorGroups })}`
          );
        return { job, ms: new Date(job.endedAt ?? '').getTime() - new Date(job.createdAt).getTime() };
      },
      fillTables: (order) => control('/tables', order),
      openToPublic: () => control('/public'),
      async startWorker() {
        const worker = await startWorker({ ...shop.environment, ...environment });
        ends.push(() => worker.stop());
        return { stop: () => worker.stop().then(() => undefined) };
      },
      async startAgain() {
        await running.stop();
        running = await startBookshop({ ...order, folder: shop.folder });
        // Its own doors open a moment after Strapi's.
        await waitFor(() => control('/memory').catch(() => null), { what: 'the bench’s host to answer' });
        const { rss } = await control<{ rss: number }>('/memory');
        return { ms: running.startedInMs, rss };
      },
      memory: () => control('/memory'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The prompt of all benches: what the plain loop reads too. */
const PROMPT =
  'Write a title for "{{ title }}" of {{ chapter_name }}, {{ book_name }}, {{ group_name }}, {{ category_name }}.';

/** The body of a job over some posts. */
export const benchJob = (selection: Parameters<typeof fillBody>[0]) =>
  fillBody(selection, { prompt: PROMPT });
