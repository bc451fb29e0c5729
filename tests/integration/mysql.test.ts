import type { Connection, RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobDetail, JobView, ListJobsResponse, QueueView } from '../../server/src/contracts';
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
import {
  connectMariadb,
  findMariadb,
  startMariadb,
  type MariadbConnection,
  type MariadbService,
} from '../services/mariadb';
import { databaseEnvironment } from '../services/database-environment';
import { isMissing } from '../services/missing';
import { waitFor } from '../wait-for';

const CONCURRENCY = QUICK.jobTypes['fill-fields'].concurrency;
/** What a killed process had in hand is taken up again well before this; milliseconds. */
const TAKE_OVER_LIMIT_MS = 28_000;

let mariadb: MariadbService | null = null;
let connection: MariadbConnection;
let database: Connection;
let ai: FakeOpenAi;
let shop: Bookshop;
let admin: AdminClient;
let posts: Shelf;

const start = (folder?: string): Promise<Bookshop> =>
  startBookshop({
    database: 'empty',
    folder,
    config: QUICK,
    environment: {
      OPENAI_API_KEY: 'sk-test-key-1234',
      OPENAI_BASE_URL: ai.url,
      ...databaseEnvironment('mysql', connection),
    },
  });

async function rowsOf<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const [rows] = await database.query<(Row & RowDataPacket)[]>(sql, values);
  return rows;
}

/** How often the job changed the drafts of its posts; the database counts, in the transaction that writes. */
async function writesPerPost(documentIds: string[]): Promise<number[]> {
  const rows = await rowsOf<{ document_id: string; writes: number }>(
    'select document_id, count(*) as writes from written_posts group by 1'
  );
  const writes = new Map(rows.map((row) => [row.document_id, Number(row.writes)]));
  return documentIds.map((id) => writes.get(id) ?? 0);
}

async function expectCountsToBeTheirSum({ id, counts }: JobDetail): Promise<void> {
  const rows = await rowsOf<{ status: string; total: number }>(
    'select status, count(*) as total from ai_jobs_items where job_id = (select id from ai_jobs_jobs where document_id = ?) group by 1',
    [id]
  );
  const { total, ...perStatus } = counts;
  expect(Object.fromEntries(Object.entries(perStatus).filter(([, count]) => count > 0))).toEqual(
    Object.fromEntries(rows.map((row) => [row.status, Number(row.total)]))
  );
  expect(rows.reduce((sum, row) => sum + Number(row.total), 0)).toBe(total);
}

/** Keeps a job's row for a transaction of its own. */
async function holdJob(key: number): ReturnType<NonNullable<OpenShop['holdJob']>> {
  const holder = await connectMariadb(connection);
  await holder.beginTransaction();
  await holder.query('select id from ai_jobs_jobs where id = ? for update', [key]);
  return {
    async waiting() {
      const [found] = await rowsOf<{ total: number }>(
        `select count(*) as total from information_schema.innodb_trx where trx_state = 'LOCK WAIT'`
      );
      return Number(found?.total);
    },
    async release() {
      await holder.commit();
      await holder.end();
    },
  };
}

describe.skipIf(isMissing(findMariadb()))('Strapi on MariaDB', () => {
  beforeAll(async () => {
    mariadb = await startMariadb();
    if (!mariadb) throw new Error('There is no MariaDB on the PATH.');
    connection = await mariadb.createDatabase('bookshop');
    database = await connectMariadb(connection);
    ai = await startOpenAiServer();
    shop = await start();
    await database.query('create table written_posts (document_id varchar(64))');
    await database.query(`
      create trigger note_written_posts after update on posts for each row
      begin
        if new.published_at is null then insert into written_posts values (new.document_id); end if;
      end
    `);
    admin = await shop.admin();
    posts = await Shelf.of(admin, POST);
  });
  beforeEach(async () => {
    await database.query('delete from written_posts');
    ai.reset();
    ai.setLatency(0);
    ai.respond((_request, index) => ok({ metaTitle: `Title ${index}` }));
  });
  afterAll(async () => {
    await shop?.remove();
    await database?.end();
    await ai?.close();
    await mariadb?.stop();
  });

  test('ids that only differ as MySQL does not: one item, and no trouble for the rest', async () => {
    const documentIds = posts.ids(3);
    const [first = ''] = documentIds;
    const job = await admin.createJob(
      fillBody({ contentType: POST, documentIds: [first.toUpperCase(), ...documentIds, `${first} `] })
    );
    const ended = await admin.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 3, completed: 3 });
  });

  test('the bookshop fills itself; a job completes on the embedded queue, each entry written once', async () => {
    expect(posts.size).toBeGreaterThanOrEqual(120);
    const documentIds = posts.ids(25);
    const job = await admin.createJob(fillBody({ contentType: POST, documentIds }));
    const ended = await admin.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 25, completed: 25 });
    await expectCountsToBeTheirSum(ended);
    expect(await writesPerPost(documentIds)).toEqual(documentIds.map(() => 1));
    for (const time of [ended.createdAt, ended.startedAt, ended.endedAt])
      expect(Math.abs(Date.now() - new Date(time ?? 0).getTime())).toBeLessThan(60_000);
    expect(await admin.data<QueueView>('GET', '/ai-jobs/queue')).toMatchObject({
      backend: 'embedded',
      state: 'ready',
      error: null,
    });
    await expectEmptyCountsToBeFound(admin);
  });

  test('drafts are published as the job left them', async () => {
    await expectDraftsToBePublished(admin, posts);
  });

  test('a filter, a start time, lists, searches and error groups', async () => {
    const startAt = new Date(Date.now() + 2_500).toISOString();
    ai.respond((_request, index) => ok({ metaTitle: index % 2 === 0 ? 'Fine' : 'x'.repeat(400) }));
    const job = await admin.createJob(
      fillBody(
        { contentType: POST, filters: { title: { $containsi: 'THE ' } } },
        {},
        { title: 'Đọc 100%_sách', startAt }
      )
    );
    expect(await admin.job(job.id)).toMatchObject({ status: 'pending', startAt });
    const ended = await admin.ends(job.id);
    expect(new Date(ended.startedAt ?? 0).getTime()).toBeGreaterThanOrEqual(new Date(startAt).getTime());
    expect(ended.counts.total).toBeGreaterThan(5);
    await expectCountsToBeTheirSum(ended);
    for (const search of ['Đọc', '100%_', job.id]) {
      const { body } = await admin.request<ListJobsResponse>(
        'GET',
        `/ai-jobs/jobs?search=${encodeURIComponent(search)}&status=completed`
      );
      expect(body.data.map(({ id }) => id)).toEqual([job.id]);
    }
    const items = await admin.items(job.id);
    const label = items[0]?.label ?? '';
    const same = await admin.items(job.id, `&search=${encodeURIComponent(label.toUpperCase())}`);
    expect(same.map((item) => item.label)).toContain(label);
    expect(await admin.items(job.id, '&search=%25')).toEqual([]);
    expect(ended.errorGroups.reduce((sum, group) => sum + group.count, 0)).toBe(ended.counts.failed);
  });

  test('an edit that is being saved while the job wants to write: the job waits, sees it and leaves it', async () => {
    const [id = ''] = posts.ids(1);
    const person = await connectMariadb(connection);
    ai.respond(async () => {
      await person.query('begin');
      await person.query(
        `update posts set meta_title = 'Words of a person' where document_id = ? and published_at is null and locale = 'en'`,
        [id]
      );
      return ok({ metaTitle: 'By AI' });
    });
    const job = await admin.createJob(fillBody({ contentType: POST, documentIds: [id] }));
    await waitFor(
      async () =>
        (await rowsOf(`select 1 from information_schema.innodb_trx where trx_state = 'LOCK WAIT'`)).length >
        0,
      { what: 'the job to wait for the row', everyMs: 300 }
    );
    await person.query('commit');
    await person.end();
    expect((await admin.ends(job.id)).counts).toMatchObject({ total: 1, conflict: 1 });
    expect((await admin.entry(POST, id)).metaTitle).toBe('Words of a person');
  });

  test('however edits and writings fall together, the person’s words are there, and nobody’s saving fails', async () => {
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

  test('undo puts back what stood there before, and leaves what a person has edited since', async () => {
    const ids = posts.ids(6);
    const before = await Promise.all(ids.map(async (id) => (await admin.entry(POST, id)).metaTitle));
    const job = await admin.createJob(fillBody({ contentType: POST, documentIds: ids }));
    expect((await admin.ends(job.id)).counts).toMatchObject({ completed: 6 });
    const [edited = '', ...others] = ids;
    expect((await admin.edit(POST, edited, { metaTitle: 'Words of a person' })).status).toBe(200);
    const undo = await admin.data<JobView>('POST', `/ai-jobs/jobs/${job.id}/undo`, {});
    expect((await admin.ends(undo.id)).counts).toMatchObject({ total: 6, completed: 5, conflict: 1 });
    expect((await admin.entry(POST, edited)).metaTitle).toBe('Words of a person');
    const after = await Promise.all(others.map(async (id) => (await admin.entry(POST, id)).metaTitle));
    expect(after).toEqual(before.slice(1));
  });

  test('killed in mid-job and started again: every item completed, none written twice', async () => {
    const documentIds = posts.ids(25);
    ai.setLatency(250);
    const job = await admin.createJob(fillBody({ contentType: POST, documentIds }));
    await admin.reaches(job.id, ({ counts }) => counts.completed >= 8);
    await shop.kill();
    const { folder } = shop;
    shop = await start(folder);
    admin = await shop.admin();
    const ended = await admin.ends(job.id, TAKE_OVER_LIMIT_MS);
    expect(ended.counts).toMatchObject({ total: 25, completed: 25 });
    await expectCountsToBeTheirSum(ended);
    expect(await writesPerPost(documentIds)).toEqual(documentIds.map(() => 1));
    expect(ai.calls).toBeLessThanOrEqual(25 + CONCURRENCY);
  });

  test('a deleted job is gone at one stroke, whatever others do with it at that moment', async () => {
    const open: OpenShop = {
      admin,
      ai,
      posts,
      rows: rowsOf,
      run: async (sql, values) => void (await database.query(sql, values)),
      holdJob,
    };
    await expectLeftoversToBeInvisible(open);
    await expectDeletionToBeDecided(open);
  });
});
