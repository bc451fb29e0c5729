import { rm } from 'node:fs/promises';
import { Client, type QueryResultRow } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobDetail, QueueView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import {
  expectDeletionToBeDecided,
  expectLeftoversToBeInvisible,
  type OpenShop,
} from '../bookshop/deleted-jobs';
import { expectEmptyCountsToBeFound } from '../bookshop/empty-fields';
import { fillBody, POST, QUICK, Shelf } from '../bookshop/fill-jobs';
import { expectDraftsToBePublished } from '../bookshop/published-drafts';
import { ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { databaseEnvironment } from '../services/database-environment';
import { isMissing } from '../services/missing';
import {
  findPostgres,
  startPostgres,
  type PostgresConnection,
  type PostgresService,
} from '../services/postgres';
import { waitFor } from '../wait-for';

const CONCURRENCY = QUICK.jobTypes['fill-fields'].concurrency;
/** What a killed process had in hand is another's well before this; milliseconds. */
const TAKE_OVER_LIMIT_MS = 28_000;

const KEY = 'sk-test-key-1234';

let postgres: PostgresService | null = null;
let connection: PostgresConnection;
let database: Client;
let ai: FakeOpenAi;
let posts: Shelf;
const shops: Bookshop[] = [];

async function start(): Promise<Bookshop> {
  const shop = await startBookshop({
    database: 'empty',
    config: QUICK,
    environment: {
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: ai.url,
      ...databaseEnvironment('postgres', connection),
    },
  });
  shops.push(shop);
  return shop;
}

async function adminOf(shop: Bookshop | undefined): Promise<AdminClient> {
  if (!shop) throw new Error('No shop runs.');
  return shop.admin();
}

/** How often the job changed the drafts of its posts; the database counts, in the transaction that writes. */
async function writesPerPost(documentIds: string[]): Promise<number[]> {
  const { rows } = await database.query<{ document_id: string; writes: string }>(
    'select document_id, count(*) as writes from written_posts group by 1'
  );
  const writes = new Map(rows.map((row) => [row.document_id, Number(row.writes)]));
  return documentIds.map((id) => writes.get(id) ?? 0);
}

async function expectCountsToBeTheirSum({ id, counts }: JobDetail): Promise<void> {
  const { rows } = await database.query<{ status: string; total: string }>(
    'select status, count(*) as total from ai_jobs_items where job_id = (select id from ai_jobs_jobs where document_id = $1) group by 1',
    [id]
  );
  const { total, ...perStatus } = counts;
  expect(Object.fromEntries(Object.entries(perStatus).filter(([, count]) => count > 0))).toEqual(
    Object.fromEntries(rows.map((row) => [row.status, Number(row.total)]))
  );
  expect(rows.reduce((sum, row) => sum + Number(row.total), 0)).toBe(total);
}

/** Tables of the whole database, the queue's too, in which a text stands somewhere; and that they hold anything at all. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`
  );
  const found: string[] = [];
  let filled = 0;
  for (const { name } of rows) {
    const { rows: counted } = await database.query<{ all: string; hits: string }>(
      `select count(*) as all, count(*) filter (where strpos(entry::text, $1) > 0) as hits from ${name} entry`,
      [text]
    );
    if (Number(counted[0]?.all) > 0 && name.includes('queue')) filled += 1;
    if (Number(counted[0]?.hits) > 0) found.push(name);
  }
  expect(filled, 'the queue holds messages while it is looked into').toBeGreaterThan(0);
  return found;
}

const numbered = (sql: string): string => {
  let place = 0;
  return sql.replace(/\?/g, () => `$${(place += 1)}`);
};

/** Keeps a job's row for a transaction of its own. */
async function holdJob(key: number): ReturnType<NonNullable<OpenShop['holdJob']>> {
  const holder = new Client(connection);
  await holder.connect();
  await holder.query('begin');
  await holder.query('select id from ai_jobs_jobs where id = $1 for update', [key]);
  return {
    async waiting() {
      const { rows } = await database.query<{ total: string }>(
        `select count(*) as total from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`,
        [connection.database]
      );
      return Number(rows[0]?.total);
    },
    async release() {
      await holder.query('commit');
      await holder.end();
    },
  };
}

describe.skipIf(isMissing(findPostgres()))('Strapi on PostgreSQL', () => {
  beforeAll(async () => {
    postgres = await startPostgres();
    if (!postgres) throw new Error('There is no PostgreSQL on the PATH.');
    connection = await postgres.createDatabase('bookshop');
    database = new Client(connection);
    database.on('error', () => undefined);
    await database.connect();
    ai = await startOpenAiServer();
    const shop = await start();
    await database.query(`
      create table written_posts (document_id text);
      create function note_written_post() returns trigger language plpgsql as $$
        begin insert into written_posts values (new.document_id); return null; end $$;
      create trigger note_written_posts after update on posts
        for each row when (new.published_at is null) execute function note_written_post();
    `);
    posts = await Shelf.of(await shop.admin(), POST);
  });
  beforeEach(() => {
    ai.reset();
    ai.setLatency(0);
    ai.respond((_request, index) => ok({ metaTitle: `Title ${index}` }));
  });
  afterEach(async () => {
    await Promise.all(shops.splice(1).map((shop) => shop.remove()));
  });
  afterAll(async () => {
    await Promise.all(shops.map((shop) => shop.remove()));
    await database?.end();
    await ai?.close();
    await postgres?.stop();
  });

  test('the bookshop fills itself; the queue is in PostgreSQL, beside the tables of Strapi; a job completes', async () => {
    const admin = await adminOf(shops[0]);
    expect(posts.size).toBeGreaterThanOrEqual(120);
    const documentIds = posts.ids(25);
    const job = await admin.createJob(fillBody({ contentType: POST, documentIds }));
    const ended = await admin.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 25, completed: 25 });
    await expectCountsToBeTheirSum(ended);
    expect(await writesPerPost(documentIds)).toEqual(documentIds.map(() => 1));
    const queue = await admin.data<QueueView>('GET', '/ai-jobs/queue');
    expect(queue).toMatchObject({
      backend: 'postgres',
      chosenBecause: 'strapi_on_postgres',
      state: 'ready',
      error: null,
    });
    const { rows } = await database.query<{ table_schema: string }>(
      `select distinct table_schema from information_schema.tables where table_name = 'job'`
    );
    expect(rows).toEqual([{ table_schema: 'ai_jobs_queue' }]);
    await expectEmptyCountsToBeFound(admin);
  });

  test('drafts are published as the job left them', async () => {
    await expectDraftsToBePublished(await adminOf(shops[0]), posts);
  });

  test('an edit that is being saved while the job wants to write: the job waits, sees it and leaves it', async () => {
    const admin = await adminOf(shops[0]);
    const [id = ''] = posts.ids(1);
    const person = new Client(connection);
    person.on('error', () => undefined);
    await person.connect();
    ai.respond(async () => {
      await person.query('begin');
      await person.query(
        `update posts set meta_title = 'Words of a person' where document_id = $1 and published_at is null and locale = 'en'`,
        [id]
      );
      return ok({ metaTitle: 'By AI' });
    });
    const job = await admin.createJob(fillBody({ contentType: POST, documentIds: [id] }));
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await waitFor(async () => (await database.query(waiting)).rows.length > 0, {
      what: 'the job to wait for the row',
    });
    await person.query('commit');
    await person.end();
    expect((await admin.ends(job.id)).counts).toMatchObject({ total: 1, conflict: 1 });
    expect((await admin.entry(POST, id)).metaTitle).toBe('Words of a person');
  });

  test('however edits and writings fall together, the person’s words are there, and nobody’s saving fails', async () => {
    const admin = await adminOf(shops[0]);
    const entries = posts.take(20);
    for (const { documentId } of entries)
      expect((await admin.edit(POST, documentId, { seo: { metaTitle: 'Before' } })).status).toBe(200);
    const edits: Promise<{ status: number }>[] = [];
    const lastWords = new Map<string, string>();
    ai.respond(async (request) => {
      const asked = JSON.stringify(request.body.messages);
      const entry = entries.find(({ title }) => asked.includes(`Title: ${title}"`));
      const id = entry?.documentId ?? '';
      const words = `Person ${edits.length}`;
      lastWords.set(id, words);
      const { seo } = (await admin.entry(POST, id)) as { seo: Record<string, unknown> };
      const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
      edits.push(
        pause().then(() => admin.edit(POST, id, { metaTitle: words, seo: { ...seo, metaTitle: words } }))
      );
      await pause();
      return ok({ metaTitle: 'By AI', 'seo.metaTitle': 'By AI', seo: { metaTitle: 'By AI' } });
    });
    const job = await admin.createJob(
      fillBody(
        { contentType: POST, documentIds: entries.map(({ documentId }) => documentId) },
        { outputs: [{ field: 'metaTitle' }, { field: 'seo.metaTitle' }] }
      )
    );
    const ended = await admin.ends(job.id);
    const odd = (await admin.items(job.id)).filter(
      ({ status }) => !['completed', 'conflict'].includes(status)
    );
    expect(odd).toEqual([]);
    expect(ended.counts.total).toBe(20);
    for (const { status } of await Promise.all(edits)) expect(status).toBe(200);
    for (const { documentId } of entries) {
      const words = lastWords.get(documentId);
      expect(await admin.entry(POST, documentId)).toMatchObject({
        metaTitle: words,
        seo: { metaTitle: words },
      });
    }
  });

  test('killed in mid-job and started again: every item completed, none written twice', async () => {
    const documentIds = posts.ids(25);
    ai.setLatency(250);
    const job = await (await adminOf(shops[0])).createJob(fillBody({ contentType: POST, documentIds }));
    await (await adminOf(shops[0])).reaches(job.id, ({ counts }) => counts.completed >= 8);
    await shops[0]?.kill();
    const killed = shops.shift();
    await start();
    const ended = await (await adminOf(shops[0])).ends(job.id, TAKE_OVER_LIMIT_MS);
    expect(ended.counts).toMatchObject({ total: 25, completed: 25 });
    await expectCountsToBeTheirSum(ended);
    expect(await writesPerPost(documentIds)).toEqual(documentIds.map(() => 1));
    expect(ai.calls).toBeLessThanOrEqual(25 + CONCURRENCY);
    if (killed) await rm(killed.folder, { recursive: true, force: true });
  });

  test('two servers on one database share a job: each item once; one is killed, the other finishes', async () => {
    const second = await start();
    const admin = await adminOf(shops[0]);
    await waitFor(async () => (await admin.data<QueueView>('GET', '/ai-jobs/queue')).workers.length === 2, {
      what: 'both workers to be seen',
      timeoutMs: 20_000,
    });
    const documentIds = posts.ids(40);
    ai.setLatency(400);
    const job = await admin.createJob(fillBody({ contentType: POST, documentIds }));
    const owners = new Set<string>();
    expect(await tablesWith(KEY)).toEqual([]);
    await waitFor(
      async () => {
        const { rows } = await database.query<{ owner: string }>(
          `select distinct split_part(lease, ':', 1) as owner from ai_jobs_items where status = 'processing'`
        );
        for (const { owner } of rows) owners.add(owner);
        return owners.size === 2;
      },
      { what: 'both servers to hold items of the job' }
    );
    await second.kill();
    const ended = await admin.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 40, completed: 40 });
    await expectCountsToBeTheirSum(ended);
    expect(await writesPerPost(documentIds)).toEqual(documentIds.map(() => 1));
    expect(ai.calls).toBeLessThanOrEqual(40 + CONCURRENCY);
  });

  test('a deleted job is gone at one stroke, whatever others do with it at that moment', async () => {
    const open: OpenShop = {
      admin: await adminOf(shops[0]),
      ai,
      posts,
      rows: async <Row>(sql: string, values: unknown[]) =>
        (await database.query<Row & QueryResultRow>(numbered(sql), values)).rows,
      run: async (sql, values) => void (await database.query(numbered(sql), values)),
      holdJob,
    };
    await expectLeftoversToBeInvisible(open);
    await expectDeletionToBeDecided(open);
  });
});
