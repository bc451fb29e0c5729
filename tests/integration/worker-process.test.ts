import { hostname } from 'node:os';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobView, QueueView } from '../../server/src/contracts';
import { handsFor } from '../../server/src/domain/call-slots';
import type { AdminClient } from '../bookshop/admin-client';
import { ROOT, startBookshop, type Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, QUICK, Shelf } from '../bookshop/fill-jobs';
import { startWorker, type WorkerProcess } from '../bookshop/worker-process';
import { hang, ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { databaseEnvironment } from '../services/database-environment';
import { isMissing } from '../services/missing';
import {
  findPostgres,
  startPostgres,
  type PostgresConnection,
  type PostgresService,
} from '../services/postgres';
import { answers, freePort } from '../services/process';
import { findRedis, startRedis, type RedisService } from '../services/redis';
import { waitFor } from '../wait-for';

const CONCURRENCY = QUICK.jobTypes['fill-fields'].concurrency;
/** What a killed worker had in hand is another's well before this; milliseconds. */
const TAKE_OVER_LIMIT_MS = 40_000;

/** The niceness of each thread of a process. */
const prioritiesOf = async (pid: number): Promise<number[]> => {
  const threads = await readdir(`/proc/${pid}/task`);
  return Promise.all(
    threads.map(async (thread) => {
      const stat = await readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      // The name may hold spaces; what follows its bracket begins with the third field, and niceness is the nineteenth.
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
    })
  );
};

let postgres: PostgresService | null = null;
let redis: RedisService | null = null;
let ai: FakeOpenAi;

beforeAll(async () => {
  [postgres, redis, ai] = await Promise.all([startPostgres(), startRedis(), startOpenAiServer()]);
});
afterAll(async () => {
  await ai?.close();
  await redis?.stop();
  await postgres?.stop();
});

/** A server that runs no workers of its own. */
const SERVER = {
  ...QUICK,
  jobTypes: { 'fill-fields': { ...QUICK.jobTypes['fill-fields'], timeoutSeconds: 60 } },
  workers: { inProcess: false },
};

describe.skipIf(isMissing(findPostgres()))('workers in processes of their own', () => {
  describe.each(['redis', 'postgres'] as const)('on %s', (backend) => {
    describe.skipIf(backend === 'redis' && isMissing(findRedis()))(`(${backend} is there)`, () => {
      let connection: PostgresConnection;
      let database: Client;
      let shop: Bookshop;
      let admin: AdminClient;
      let posts: Shelf;
      let workers: WorkerProcess[] = [];

      const start = async (config: object = {}): Promise<Bookshop> =>
        startBookshop({
          database: 'empty',
          config: { ...SERVER, ...config },
          environment: {
            OPENAI_API_KEY: 'sk-test-key-1234',
            OPENAI_BASE_URL: ai.url,
            ...databaseEnvironment('postgres', connection),
            ...(backend === 'redis' ? { REDIS_URL: redis?.url ?? '' } : {}),
          },
        });

      /** @param config replaces options of the server's, for this worker only. */
      const work = async (
        args: string[] = [],
        config: object = {},
        environment: Record<string, string> = {}
      ): Promise<WorkerProcess> => {
        const shared = JSON.parse(shop.environment.BOOKSHOP_AI_JOBS_CONFIG ?? '{}') as object;
        const options = { BOOKSHOP_AI_JOBS_CONFIG: JSON.stringify({ ...shared, ...config }) };
        const worker = await startWorker({ ...shop.environment, ...options, ...environment }, args);
        workers.push(worker);
        return worker;
      };

      const queue = (): Promise<QueueView> => admin.data('GET', '/ai-jobs/queue');

      const workersSeen = (count: number): Promise<unknown> =>
        waitFor(async () => (await queue()).workers.length === count, {
          timeoutMs: 40_000,
          what: `${count} workers to be seen`,
        });

      const startJob = (documentIds: string[]): Promise<JobView> =>
        admin.createJob(fillBody({ contentType: POST, documentIds }));

      const limit = (tokensPerMinute: number | null): Promise<unknown> =>
        admin.data('PUT', '/ai-jobs/settings', { providers: { openai: { tokensPerMinute } } });

      /** How often the job changed the drafts of its posts; the database counts, in the transaction that writes. */
      const writesPerPost = async (documentIds: string[]): Promise<number[]> => {
        const { rows } = await database.query<{ document_id: string; writes: string }>(
          'select document_id, count(*) as writes from written_posts group by 1'
        );
        const writes = new Map(rows.map((row) => [row.document_id, Number(row.writes)]));
        return documentIds.map((id) => writes.get(id) ?? 0);
      };

      /** Every call but the first ones hangs until the function given back is called. */
      const answerLater = (firstOnes = 0): (() => void) => {
        let answer = (): void => undefined;
        const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
        ai.respond(async (_request, index) => {
          if (index >= firstOnes) await mayAnswer;
          return ok({ metaTitle: 'A title' });
        });
        return answer;
      };

      const blamedItems = async (jobId: string): Promise<number> => {
        const { rows } = await database.query<{ total: string }>(
          `select count(*) as total from ai_jobs_items where (crashes > 0 or attempts > 1)
           and job_id = (select id from ai_jobs_jobs where document_id = $1)`,
          [jobId]
        );
        return Number(rows[0]?.total);
      };

      beforeAll(async () => {
        if (!postgres) throw new Error('There is no PostgreSQL on the PATH.');
        connection = await postgres.createDatabase(`workers_${backend}`);
        database = new Client(connection);
        database.on('error', () => undefined);
        await database.connect();
        shop = await start();
        await database.query(`
          create table written_posts (document_id text);
          create function note_written_post() returns trigger language plpgsql as $$
            begin insert into written_posts values (new.document_id); return null; end $$;
          create trigger note_written_posts after update on posts
            for each row when (new.published_at is null) execute function note_written_post();
        `);
        admin = await shop.admin();
        posts = await Shelf.of(admin, POST);
      });
      beforeEach(() => {
        ai.reset();
        ai.setLatency(0);
        ai.respond((_request, index) => ok({ metaTitle: `Title ${index}` }));
      });
      afterEach(async () => {
        await Promise.all(workers.map((worker) => worker.stop()));
        workers = [];
        await limit(null);
      });
      afterAll(async () => {
        await Promise.all(workers.map((worker) => worker.kill()));
        await shop?.remove();
        await database?.end();
      });

      test('the server lists and says that nothing works; two workers come, are seen, and do each item once', async () => {
        const documentIds = posts.ids(40);
        const job = await startJob(documentIds);
        await admin.reaches(job.id, ({ counts }) => counts.pending === 40);
        const alone = await queue();
        expect(alone).toMatchObject({ backend, inProcess: false, draining: false, workers: [] });
        expect(alone.reason).toMatchObject({ code: 'queue_without_workers' });
        expect(alone.reason?.message).toContain('npx ai-jobs worker');
        expect(ai.calls).toBe(0);

        ai.respond(() => hang());
        const [one, two] = await Promise.all([work(), work(['--queues', 'content', '--concurrency', '4'])]);
        for (const worker of [one, two]) expect(worker.output()).toContain(`${backend} queue; content`);
        await ai.waitForCalls(CONCURRENCY + 4, 30_000);
        await waitFor(
          async () => {
            const { workers: seen, reason, draining } = await queue();
            const held = seen.reduce((sum, worker) => sum + worker.active, 0);
            return held === handsFor(CONCURRENCY) + handsFor(4) && reason === null && draining;
          },
          { timeoutMs: 30_000, what: 'both workers to be seen with all that they hold' }
        );
        const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
          version: string;
        };
        const seen = (await queue()).workers;
        const expected = (worker: WorkerProcess, concurrency: number) =>
          expect.objectContaining({
            kind: 'process',
            host: hostname(),
            pid: worker.pid,
            version,
            active: handsFor(concurrency),
            queues: [{ name: 'content', concurrency, active: handsFor(concurrency), several: true }],
          });
        expect(seen).toHaveLength(2);
        expect(seen).toEqual(expect.arrayContaining([expected(one, CONCURRENCY), expected(two, 4)]));
        for (const { startedAt, heartbeatAt } of seen)
          expect(Date.parse(startedAt)).toBeLessThanOrEqual(Date.parse(heartbeatAt));

        // What hangs is cancelled with its job; another one is then done by both.
        expect((await admin.act(job.id, 'cancel')).status).toBe(200);
        await admin.ends(job.id);
        ai.reset();
        // More calls than one of them may make: only the two together get here.
        const bothAtWork = waitFor(() => ai.active > CONCURRENCY, {
          timeoutMs: 40_000,
          what: 'calls of both workers at once',
        });
        ai.respond(async (_request, index) => {
          await bothAtWork;
          return ok({ metaTitle: `Title ${index}` });
        });
        const next = await startJob(documentIds);
        await bothAtWork;
        expect((await admin.ends(next.id)).counts).toMatchObject({ total: 40, completed: 40 });
        expect(ai.calls).toBe(40);
        expect(await writesPerPost(documentIds)).toEqual(documentIds.map(() => 1));
        expect(await blamedItems(next.id)).toBe(0);
      });

      test('a worker never listens, and stops with 0 on SIGINT, too, when it has nothing to do', async () => {
        const port = await freePort();
        const worker = await work([], {}, { PORT: String(port) });
        expect(await answers(port)).toBe(false);
        await workersSeen(1);
        // Linux keeps a priority per thread, Node's own included.
        if (existsSync('/proc/self/task'))
          expect(new Set(await prioritiesOf(worker.pid))).toEqual(new Set([10]));
        expect(await worker.stop('SIGINT')).toBe(0);
        expect(worker.output()).toContain('has stopped; nothing was left in hand.');
        expect((await queue()).workers).toEqual([]);
      });

      test('entries that somebody has locked for longer than a lease do not cost a worker what it holds', async () => {
        const documentIds = posts.ids(12);
        const locker = new Client(connection);
        await locker.connect();
        try {
          await locker.query('begin');
          await locker.query('select id from posts where document_id = any($1) for update', [
            documentIds.slice(0, 6),
          ]);
          // So few connections that whoever waits for a lock must not keep one.
          const few = { DATABASE_POOL_MIN: '0', DATABASE_POOL_MAX: '2' };
          await Promise.all([work([], {}, few), work([], {}, few)]);
          const job = await startJob(documentIds);
          await admin.reaches(job.id, ({ counts }) => counts.completed === 6);
          const lockedUntil = Date.now() + 3 * QUICK.leaseMs;
          await admin.reaches(job.id, () => Date.now() > lockedUntil);
          expect((await admin.job(job.id)).counts).toMatchObject({ completed: 6, failed: 0 });
          await locker.query('commit');
          expect((await admin.ends(job.id)).counts).toMatchObject({ total: 12, completed: 12 });
          const { rows } = await database.query('select id from ai_jobs_items where crashes > 0');
          expect(rows).toEqual([]);
          expect(ai.calls).toBe(12);
          expect(await writesPerPost(documentIds)).toEqual(documentIds.map(() => 1));
        } finally {
          await locker.end();
        }
      });

      test('one worker is killed in mid-job: the other one finishes', async () => {
        const [doomed] = await Promise.all([work(), work()]);
        await workersSeen(2);
        const documentIds = posts.ids(20);
        ai.setLatency(600);
        const job = await startJob(documentIds);
        const heldByDoomed = async (): Promise<boolean> => {
          const { rows } = await database.query<{ total: string }>(
            `select count(*) as total from ai_jobs_items where status = 'processing' and lease like $1`,
            [`%-${doomed.pid}-%`]
          );
          return Number(rows[0]?.total) > 0;
        };
        await waitFor(heldByDoomed, { timeoutMs: 20_000, what: 'the worker to hold items' });
        await doomed.kill();
        const ended = await admin.ends(job.id, TAKE_OVER_LIMIT_MS);
        expect(ended.counts).toMatchObject({ total: 20, completed: 20 });
        expect(await writesPerPost(documentIds)).toEqual(documentIds.map(() => 1));
        expect(ai.calls).toBeLessThanOrEqual(20 + CONCURRENCY);
      });

      test('SIGTERM while a call takes longer than a lease: it is finished, and nobody else makes it again', async () => {
        const [id = ''] = posts.ids(1);
        const answer = answerLater();
        const patient = await work([], { workers: { shutdownGraceMs: 60_000 } });
        const job = await startJob([id]);
        await ai.waitForCalls(1, 20_000);
        const leaseEnds = async (): Promise<number> => {
          const { rows } = await database.query<{ lease_until: string }>(
            `select lease_until from ai_jobs_items where status = 'processing'`
          );
          return Number(rows[0]?.lease_until ?? 0);
        };
        const told = patient.stop();
        const first = await leaseEnds();
        await work();
        await waitFor(async () => (await leaseEnds()) > first + 2 * QUICK.leaseMs, {
          timeoutMs: 30_000,
          what: 'the lease to be renewed by the worker that stops',
        });
        answer();
        expect(await told).toBe(0);
        expect(patient.output()).toContain('has stopped; nothing was left in hand.');
        const ended = await admin.ends(job.id);
        expect(ended.counts).toMatchObject({ total: 1, completed: 1 });
        expect(ai.calls).toBe(1);
        expect(await blamedItems(job.id)).toBe(0);
      });

      test('SIGTERM, and the calls in hand do not end in time: they are handed back without blame, another worker does them', async () => {
        const documentIds = posts.ids(6);
        const hasty = await work([], { workers: { shutdownGraceMs: 300 } });
        ai.respond(() => hang());
        const job = await startJob(documentIds);
        await ai.waitForCalls(6, 20_000);
        expect(await hasty.stop()).toBe(0);
        expect(hasty.output()).toContain('has stopped; items handed back: 6.');
        const left = await admin.job(job.id);
        expect(left.counts).toMatchObject({ pending: 6, processing: 0 });
        expect(await blamedItems(job.id)).toBe(0);

        ai.respond((_request, index) => ok({ metaTitle: `Title ${index}` }));
        await work();
        expect((await admin.ends(job.id)).counts).toMatchObject({ total: 6, completed: 6 });
        expect((await admin.items(job.id)).map(({ attempts }) => attempts)).toEqual(documentIds.map(() => 1));
      });

      test('tokens per minute are shared: two workers together begin no more calls than these allow', async () => {
        await limit(10_000);
        await Promise.all([work(), work()]);
        await workersSeen(2);
        ai.setLatency(300);
        ai.respond((_request, index) =>
          ok({ metaTitle: `Title ${index}` }, { usage: { input: 1_500, output: 500 } })
        );
        const job = await startJob(posts.ids(12));
        await ai.waitForCalls(1, 70_000);
        await waitFor(
          async () => {
            const { counts, status } = await admin.job(job.id);
            expect(status).toBe('processing');
            const waiting = await admin.items(job.id, '&status=pending');
            const stopped = waiting.some(({ error }) => error?.code === 'provider_rate_limited');
            return stopped && counts.processing === 0;
          },
          { timeoutMs: 30_000, what: 'the rest to wait for the next minute' }
        );
        // Five fit when one follows the other; some begin before the first replies show what a call really uses.
        expect(ai.calls).toBeLessThanOrEqual(8);
        expect(ai.calls).toBeGreaterThan(1);

        await limit(null);
        expect((await admin.ends(job.id)).counts).toMatchObject({ total: 12, completed: 12 });
        expect(await blamedItems(job.id)).toBe(0);
      });

      test('the server is stopped while a job is not listed yet: a worker lists it and does it', async () => {
        await work();
        const documentIds = posts.ids(8);
        const answer = answerLater(3);
        const job = await startJob(documentIds);
        await ai.waitForCalls(8, 20_000);
        await admin.reaches(job.id, ({ counts }) => counts.completed === 3);
        expect((await admin.act(job.id, 'pause')).status).toBe(200);
        // What a job wrote is listed, to be taken back, only when nothing of it is in hand any more.
        const undo = await admin.act(job.id, 'undo');
        expect(undo.status).toBe(201);
        const { id } = undo.body.data;
        await shop.stop();
        expect(await answers(shop.port)).toBe(false);
        const state = async (jobId: string): Promise<{ status: string } | undefined> => {
          const { rows } = await database.query<{ status: string }>(
            'select status, listed, count_completed as completed from ai_jobs_jobs where document_id = $1',
            [jobId]
          );
          return rows[0];
        };
        expect(await state(id)).toMatchObject({ listed: false, completed: 0 });
        answer();
        await waitFor(async () => (await state(id))?.status === 'completed', {
          timeoutMs: 40_000,
          what: 'the worker to list and end the job',
        });
        expect(await state(job.id)).toMatchObject({ completed: 8 });
        expect(await state(id)).toEqual({ status: 'completed', listed: true, completed: 8 });

        await shop.remove();
        shop = await start();
        admin = await shop.admin();
        expect((await admin.job(id)).status).toBe('completed');
      });
    });
  });
});
