import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import english from '../../../admin/src/translations/en.json';
import { itemsCsv } from '../../../admin/src/pages/Job/items-csv';
import type { ItemView } from '../../../server/src/contracts';
import type { AdminClient } from '../../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../../bookshop/bookshop';
import { lookInto } from '../../bookshop/database';
import { fillBody, POST, QUICK, Shelf } from '../../bookshop/fill-jobs';
import { startWorker, type WorkerProcess } from '../../bookshop/worker-process';
import {
  error,
  garbage,
  ok,
  openAiError,
  startOpenAiServer,
  type FakeOpenAi,
} from '../../fakes/openai-server';
import { isMissing } from '../../services/missing';
import { databaseEnvironment } from '../../services/database-environment';
import { startPostgres, type PostgresConnection, type PostgresService } from '../../services/postgres';
import { findProgram } from '../../services/process';
import { startRedis, type RedisService } from '../../services/redis';

/** One key for each place that keys can come from, told apart in what leaks. */
const KEYS = {
  openai: 'sk-planted-environment-3f9a1c',
  deepseek: 'sk-planted-configuration-7b2e4d',
  gemini: 'sk-planted-settings-page-5c8d6f',
};
const SECRET = /planted-(?:environment|configuration|settings-page)/;
const PROVIDERS = Object.keys(KEYS);

const backends = ['embedded', 'redis', 'postgres'] as const;
const PROGRAMS = { embedded: null, redis: 'redis-server', postgres: 'postgres' };

const there = backends.filter((backend) => {
  const program = PROGRAMS[backend];
  return program === null || !isMissing(findProgram(program));
});

describe.each(there)('keys, with the queue in %s', (backend) => {
  let shop: Bookshop;
  let ai: FakeOpenAi;
  let redis: RedisService | null = null;
  /** Strapi's database, too, where the queue is in it. */
  let postgres: PostgresService | null = null;
  let connection: PostgresConnection | null = null;
  let administrator: AdminClient;
  let posts: Shelf;
  /** Every answer of the server's, as text. */
  const heard: string[] = [];
  /** Everything that was ever said to Redis. */
  const saidToRedis: string[] = [];
  let watcher: Redis | null = null;
  let monitor: Redis | null = null;
  /** With Redis the jobs are worked on in a process of their own. */
  let worker: WorkerProcess | null = null;

  beforeAll(async () => {
    redis = backend === 'redis' ? await startRedis({ own: true }) : null;
    if (redis) {
      watcher = new Redis(redis.url);
      monitor = await watcher.monitor();
      monitor.on('monitor', (_time: string, words: string[]) => saidToRedis.push(words.join(' ')));
    }
    postgres = backend === 'postgres' ? await startPostgres({ own: true }) : null;
    connection = (await postgres?.createDatabase('keys')) ?? null;
    const database = connection ? databaseEnvironment('postgres', connection) : {};
    // What is said while an empty database is filled would push out of the log what is to be looked for.
    const filled = connection ? await startBookshop({ database: 'empty', environment: database }) : null;
    await filled?.stop();
    ai = await startOpenAiServer();
    shop = await startBookshop({
      ...(filled ? { folder: filled.folder } : {}),
      config: {
        ...QUICK,
        workers: { inProcess: !redis },
        queue: { backend, ...(redis ? { redisUrl: redis.url } : {}) },
        providers: { deepseek: { apiKey: KEYS.deepseek, baseUrl: ai.url } },
      },
      environment: {
        OPENAI_API_KEY: KEYS.openai,
        OPENAI_BASE_URL: ai.url,
        LOG_LEVEL: 'silly',
        OPENAI_LOG: 'debug',
        DEBUG: 'ioredis:*,openai*,knex:bindings',
        ...database,
      },
    });
    if (redis) worker = await startWorker(shop.environment);
    administrator = await shop.admin();
    posts = await Shelf.of(administrator, POST);
  });

  afterAll(async () => {
    await worker?.kill();
    await shop?.remove();
    await ai?.close();
    monitor?.disconnect();
    watcher?.disconnect();
    await redis?.stop();
    await postgres?.stop();
  });

  const ask = async <Data>(method: string, place: string, body?: unknown): Promise<Data> => {
    const answer = await administrator.request<{ data: Data }>(method, `/ai-jobs${place}`, body);
    heard.push(JSON.stringify(answer.body));
    return answer.body?.data;
  };

  /** Files as they are, the write-ahead logs too. */
  const filesOf = async (folder: string): Promise<string> => {
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    const contents = await Promise.all(
      files.map((file) => readFile(path.join(file.parentPath, file.name), 'latin1'))
    );
    return contents.join('\n');
  };

  const messagesIn = async (url: string): Promise<string> => {
    const client = new Redis(url);
    const keys = await client.keys('*');
    const dumps = await Promise.all(keys.map((key) => client.dumpBuffer(key)));
    await client.quit();
    expect(keys.length).toBeGreaterThan(0);
    return keys.join('\n') + dumps.map((dump) => dump?.toString('latin1') ?? '').join('\n');
  };

  /** The rows of every table that the plugin writes to, by the table's name; those of a queue in the database, too. */
  const tablesThere = async (): Promise<Map<string, unknown[]>> => {
    const rows = new Map<string, unknown[]>();
    if (!connection) {
      const tables = lookInto<{ name: string }>(
        shop,
        "select name from sqlite_master where type = 'table' and (name like 'ai_jobs_%' or name = 'strapi_core_store_settings')"
      );
      for (const { name } of tables) rows.set(name, lookInto(shop, `select * from ${name}`));
      return rows;
    }
    const database = new Client(connection);
    await database.connect();
    try {
      const tables = await database.query<{ name: string }>(
        `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
          where table_type = 'BASE TABLE' and (table_schema = 'ai_jobs_queue' or table_name like 'ai_jobs_%'
            or table_name = 'strapi_core_store_settings')`
      );
      for (const { name } of tables.rows)
        rows.set(name, (await database.query<Record<string, unknown>>(`select * from ${name}`)).rows);
    } finally {
      await database.end();
    }
    expect([...rows.keys()].filter((name) => name.startsWith('ai_jobs_queue.')).length).toBeGreaterThan(2);
    return rows;
  };

  /** A sample, and the connection's test. */
  const tryOut = async (provider: string): Promise<void> => {
    const selection = { contentType: POST, documentIds: posts.ids(1) };
    await ask('POST', '/jobs/sample', fillBody(selection, { provider }));
    await ask('POST', `/providers/${provider}/test`, { model: 'x' });
  };

  /** A job that stops itself since its key is refused; gives its id. */
  const refusedBy = async (provider: string): Promise<string> => {
    const { id } = await administrator.createJob(
      fillBody({ contentType: POST, documentIds: posts.ids(2) }, { provider })
    );
    const paused = await administrator.reaches(
      id,
      ({ status, counts }) => status === 'paused' && counts.processing === 0
    );
    expect(paused.reason).toMatchObject({ code: 'key_refused' });
    heard.push(JSON.stringify(paused));
    await administrator.act(id, 'cancel');
    await administrator.ends(id);
    return id;
  };

  // What leaks once has leaked.
  test(
    'are in no answer, log line, table or message, though the provider repeats them',
    { retry: 0 },
    async () => {
      await ask('PUT', '/settings', { providers: { gemini: { apiKey: KEYS.gemini, baseUrl: ai.url } } });
      // What is refused is not repeated either.
      for (const wrong of [
        { gemini: { apiKey: KEYS.gemini, baseUrl: 'ftp://nowhere' } },
        { gemini: { apiKey: KEYS.gemini.repeat(100) } },
        { gemini: { apiKey: [KEYS.gemini] } },
      ]) {
        const refused = await administrator.request('PUT', '/ai-jobs/settings', { providers: wrong });
        expect(refused.status).toBe(400);
        heard.push(JSON.stringify(refused.body));
      }
      const echo = (request: { headers: Record<string, unknown> }): string =>
        String(request.headers.authorization);
      const bare = (request: { headers: Record<string, unknown> }): string =>
        echo(request).replace('Bearer ', '');
      const ended: string[] = [];
      for (const provider of PROVIDERS) {
        const run = async (replies: number): Promise<void> => {
          const settings = { provider, outputs: [{ field: 'metaTitle' }, { field: 'excerpt' }] };
          const selection = { contentType: POST, documentIds: posts.ids(replies) };
          const job = await administrator.createJob(fillBody(selection, settings));
          heard.push(JSON.stringify(job));
          heard.push(JSON.stringify(await administrator.ends(job.id)));
          ended.push(job.id);
        };
        // Said in the generated value itself, in an error, in a header and in what is no reply at all.
        ai.respond((request) =>
          ok(
            { metaTitle: `Key ${bare(request)}`, excerpt: echo(request) },
            { headers: { 'x-request-id': bare(request) } }
          )
        );
        await run(1);
        await tryOut(provider);
        ai.respond((request) =>
          error(
            400,
            openAiError(`Bad key ${bare(request)}, sent as ${echo(request)}`, bare(request), bare(request)),
            {
              'x-request-id': bare(request),
            }
          )
        );
        await run(1);
        await tryOut(provider);
        ai.respond((request) => garbage(`not JSON: ${echo(request)}`));
        await ask('POST', `/providers/${provider}/test`, { model: 'x' });
        // A refused key pauses the job; the provider says which one it was.
        ai.respond((request) =>
          error(
            401,
            openAiError(`Incorrect API key provided: ${bare(request)}.`, echo(request), bare(request)),
            {
              'www-authenticate': echo(request),
              'x-request-id': bare(request),
            }
          )
        );
        ended.push(await refusedBy(provider));
        await ask('POST', `/providers/${provider}/test`, { model: 'x' });
        ai.respondModels((request) =>
          garbage(JSON.stringify({ data: [{ id: bare(request), name: echo(request) }] }))
        );
        await ask('GET', `/providers/${provider}/models`);
        ai.respondModels(null);
      }
      for (const { headers } of ai.requests) expect(String(headers.authorization)).toMatch(SECRET);
      for (const place of [
        '/settings',
        '/providers',
        '/queue',
        '/prompts',
        '/job-types',
        '/content-types',
        '/jobs',
      ])
        await ask('GET', place);
      for (const id of ended) {
        await ask('GET', `/jobs/${id}`);
        const items = await ask<ItemView[]>('GET', `/jobs/${id}/items?values=whole`);
        // What the Job page exports is made of them.
        heard.push(
          itemsCsv(
            items,
            (key) => english[key as keyof typeof english],
            ({ message }) => message
          )
        );
        for (const item of items) {
          await ask('GET', `/jobs/${id}/items/${item.id}`);
          await ask('GET', `/entries/${POST}/${item.documentId}`);
        }
      }
      // The test looked where there is something to see: what stands in the key's place, and its last four characters.
      expect(heard.join('\n')).toContain('[key]');
      expect(heard.join('\n')).toContain(`"keyLastFour":"${KEYS.gemini.slice(-4)}"`);
      // What Strapi says at this level while it starts: the log is there from its first line on.
      expect(shop.output()).toMatch(/debug\S*: .*schema/);
      expect(heard.filter((text) => SECRET.test(text))).toEqual([]);
      const printed = [shop.output(), worker?.output() ?? ''].join('\n').split('\n');
      expect(printed.filter((line) => SECRET.test(line))).toEqual([]);
      if (worker) expect(worker.output()).toMatch(/debug\S*: .*schema/);

      const tables = await tablesThere();
      expect(tables.size).toBeGreaterThan(6);
      for (const [name, rows] of tables) {
        const leaking = rows.filter((row) => SECRET.test(JSON.stringify(row)));
        expect(leaking, name).toEqual([]);
      }
      expect(SECRET.test(await filesOf(shop.folder))).toBe(false);
      if (redis) {
        expect(SECRET.test(await messagesIn(redis.url))).toBe(false);
        expect(saidToRedis.length).toBeGreaterThan(100);
        expect(saidToRedis.filter((said) => SECRET.test(said))).toEqual([]);
      }
    }
  );
});
