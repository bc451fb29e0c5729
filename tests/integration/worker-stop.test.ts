import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AdminClient } from '../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, QUICK, Shelf } from '../bookshop/fill-jobs';
import { startWorker, type WorkerProcess } from '../bookshop/worker-process';
import { hang, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { startProxy, type Proxy } from '../faults/harness/proxy';
import { databaseEnvironment } from '../services/database-environment';
import { isMissing } from '../services/missing';
import { findPostgres, startPostgres, type PostgresService } from '../services/postgres';
import { findRedis, startRedis, type RedisService } from '../services/redis';
import { waitFor } from '../wait-for';

const GRACE_MS = 1_000;
/** The grace, what a worker adds to it, and what a loaded machine does; milliseconds. */
const ENDS_WITHIN_MS = GRACE_MS + 9_000 + 3_000;

describe.skipIf(isMissing(findPostgres()) || isMissing(findRedis()))('a database that says nothing', () => {
  let postgres: PostgresService | null = null;
  let redis: RedisService | null = null;
  let ai: FakeOpenAi;
  let proxy: Proxy;
  let shop: Bookshop;
  let admin: AdminClient;
  let posts: Shelf;
  let worker: WorkerProcess | null = null;

  beforeAll(async () => {
    [postgres, redis, ai] = await Promise.all([startPostgres(), startRedis(), startOpenAiServer()]);
    if (!postgres) throw new Error('There is no PostgreSQL on the PATH.');
    const connection = await postgres.createDatabase('worker_stop');
    proxy = await startProxy(connection.port);
    shop = await startBookshop({
      database: 'empty',
      config: { ...QUICK, workers: { inProcess: false, shutdownGraceMs: GRACE_MS } },
      environment: {
        OPENAI_API_KEY: 'sk-test-key-1234',
        OPENAI_BASE_URL: ai.url,
        REDIS_URL: redis?.url ?? '',
        ...databaseEnvironment('postgres', connection),
      },
    });
    admin = await shop.admin();
    posts = await Shelf.of(admin, POST);
  });
  beforeEach(async () => {
    await proxy.pass();
    ai.reset();
    ai.respond(() => hang());
  });
  afterEach(async () => {
    await worker?.kill();
    worker = null;
  });
  afterAll(async () => {
    await shop?.remove();
    await proxy?.close();
    await ai?.close();
    await redis?.stop();
    await postgres?.stop();
  });

  /** With as many calls in hand as it may have, which do not end, and more of the job waiting. */
  const workerInMidJob = async (): Promise<WorkerProcess> => {
    worker = await startWorker({
      ...shop.environment,
      DATABASE_HOST: '127.0.0.1',
      DATABASE_PORT: String(proxy.port),
    });
    await admin.createJob(fillBody({ contentType: POST, documentIds: posts.ids(30) }));
    // As many as there may be: one that has begun and not arrived yet would count as one too many later.
    await ai.waitForCalls(QUICK.jobTypes['fill-fields'].concurrency, 30_000);
    return worker;
  };

  test('SIGTERM ends a worker all the same, which begins nothing more meanwhile', async () => {
    const stopping = await workerInMidJob();
    proxy.silence();
    const toldAt = performance.now();
    const stopped = stopping.stop();
    await waitFor(() => stopping.output().includes('got SIGTERM'), { what: 'the signal to arrive' });
    const { calls } = ai;
    expect(await stopped).toBe(1);
    expect(performance.now() - toldAt).toBeLessThan(ENDS_WITHIN_MS);
    expect(stopping.output()).toContain('could not end within 10 s, and ends all the same');
    expect(ai.calls).toBe(calls);
  });

  test('a second signal ends it at once; one right behind the first is the same', async () => {
    const stopping = await workerInMidJob();
    proxy.silence();
    const toldAt = performance.now();
    const stopped = stopping.stop();
    await waitFor(() => stopping.output().includes('got SIGTERM'), { what: 'the signal to arrive' });
    void stopping.stop();
    await waitFor(() => performance.now() - toldAt > 1_500, { what: 'a moment to pass' });
    expect(stopping.output()).not.toContain('once more');
    const againAt = performance.now();
    void stopping.stop('SIGINT');
    expect(await stopped).toBe(1);
    expect(performance.now() - againAt).toBeLessThan(2_000);
    expect(stopping.output()).toContain('got SIGINT once more and ends at once');
  });
});
