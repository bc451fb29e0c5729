import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookshopEnvironment, ROOT, startBookshop, type Bookshop } from '../bookshop/bookshop';
import { withFields, type ChangedProject } from '../bookshop/changed-project';
import { lookInto } from '../bookshop/database';
import { fillBody, POST, QUICK, Shelf } from '../bookshop/fill-jobs';
import { inDatabase, prepareFolder } from '../bookshop/stopped-database';
import { runCommand, startWorker } from '../bookshop/worker-process';
import { ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { isMissing } from '../services/missing';
import { findRedis, startRedis, type RedisService } from '../services/redis';

/** What a server of a later version knows, and the worker does not: a column with words in it, and rights. */
const OF_THE_NEWER_VERSION = `
  update posts set standfirst = 'Words that nobody else knows';
  insert into admin_permissions (action, action_parameters, properties, conditions) values ('plugin::newer.read', '{}', '{}', '[]');
  insert into admin_permissions_role_lnk (permission_id, role_id)
    select max(admin_permissions.id), min(admin_roles.id) from admin_permissions, admin_roles;
  insert into strapi_api_token_permissions (action) values ('api::newer.newer.find');
  insert into strapi_core_store_settings (key, value, type)
    values ('plugin_content_manager_configuration_content_types::api::newer.newer', '{"uid":"api::newer.newer"}', 'object');
`;

/** Every table with its columns and rows, but for the plugin's list of those who work. */
const everythingIn = (folder: string): Record<string, unknown> =>
  inDatabase(folder, (database: Database.Database) => {
    const tables = database
      .prepare<[], { name: string }>(`select name from sqlite_master where type = 'table' order by name`)
      .all()
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('sqlite_') && name !== 'ai_jobs_workers');
    return Object.fromEntries(
      tables.map((name) => [
        name,
        {
          columns: database.prepare(`select name from pragma_table_info('${name}')`).all(),
          rows: database.prepare(`select * from "${name}"`).all(),
        },
      ])
    );
  });

describe.skipIf(isMissing(findRedis()))('workers and the tables', () => {
  let redis: RedisService | null = null;
  let ai: FakeOpenAi;
  let newer: ChangedProject;
  let folder: string;
  let shop: Bookshop | null = null;

  const startNewer = (): Promise<Bookshop> =>
    startBookshop({
      folder,
      project: newer.folder,
      config: { ...QUICK, workers: { inProcess: false } },
      environment: {
        OPENAI_API_KEY: 'sk-test-key-1234',
        OPENAI_BASE_URL: ai.url,
        REDIS_URL: redis?.url ?? '',
        BOOKSHOP_PLUGIN: ROOT,
        BOOKSHOP_SEED: 'false',
      },
    });

  beforeAll(async () => {
    [redis, ai, newer] = await Promise.all([
      startRedis(),
      startOpenAiServer(),
      withFields('post', { standfirst: { type: 'string' } }),
    ]);
    folder = await prepareFolder(() => undefined);
    shop = await startNewer();
    await shop.stop();
    inDatabase(folder, (database) => database.exec(OF_THE_NEWER_VERSION));
  });
  afterAll(async () => {
    await shop?.remove();
    await newer?.remove();
    await ai?.close();
    await redis?.stop();
  });

  test('a worker of an older version leaves all of a newer server’s as it is', async () => {
    const before = everythingIn(folder);
    const worker = await startWorker(shop?.environment ?? {});
    expect(worker.output()).toContain('the tables were made by another version of this project');
    expect(await worker.stop()).toBe(0);
    expect(everythingIn(folder)).toEqual(before);
  });

  test('and does its work beside it', async () => {
    shop = await startNewer();
    const admin = await shop.admin();
    const documentIds = (await Shelf.of(admin, POST)).ids(4);
    ai.respond((_request, index) => ok({ metaTitle: `Title ${index}` }));
    const worker = await startWorker(shop.environment);
    const job = await admin.createJob(fillBody({ contentType: POST, documentIds }));
    expect((await admin.ends(job.id)).counts).toMatchObject({ total: 4, completed: 4 });
    expect(await worker.stop()).toBe(0);
    expect(lookInto(shop, 'select distinct standfirst from posts')).toEqual([
      { standfirst: 'Words that nobody else knows' },
    ]);
    await shop.stop();
  });

  test('a worker makes no tables: it waits for the server, and names what is missing', async () => {
    const empty = await mkdtemp(path.join(tmpdir(), 'bookshop-'));
    const older = await prepareFolder(() => undefined);
    const begin = (database: string, project: string): ReturnType<typeof runCommand> =>
      runCommand(project, ['worker'], {
        ...bookshopEnvironment(database),
        BOOKSHOP_PLUGIN: ROOT,
        REDIS_URL: redis?.url ?? '',
      });
    const before = everythingIn(older);
    const [withoutTables, withoutColumn] = await Promise.all([
      begin(empty, path.join(ROOT, 'demo')),
      begin(older, newer.folder),
    ]);
    expect(withoutTables.output).toContain('this worker waits 30 s for the server to make it');
    expect(withoutTables.output).toMatch(
      /The database lacks what .* \(.* and \d+ more\)\. A worker changes no tables/
    );
    expect(withoutColumn.output).toContain(
      '(posts.standfirst). A worker changes no tables: start the server'
    );
    for (const { code, output } of [withoutTables, withoutColumn]) {
      expect(output).not.toMatch(/\n\s+at /);
      expect(code).toBe(1);
    }
    expect(everythingIn(empty)).toEqual({});
    expect(everythingIn(older)).toEqual(before);
    await Promise.all([empty, older].map((each) => rm(each, { recursive: true, force: true })));
  });
});
