import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AdminClient } from '../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, QUICK } from '../bookshop/fill-jobs';
import { addPosts, inDatabase, prepareFolder } from '../bookshop/stopped-database';
import { ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';

/** A disk that takes no items, until `heal`. */
const BREAK = `create trigger no_items before insert on ai_jobs_items begin select raise(abort, 'the disk is full'); end`;
const HEAL = 'drop trigger no_items';
const SOME_POSTS = { contentType: POST, filters: { title: { $containsi: 'the ' } } };

let ai: FakeOpenAi;
let folder = '';
let shop: Bookshop | null = null;

beforeAll(async () => {
  ai = await startOpenAiServer(() => ok({ metaTitle: 'By AI' }));
});
afterEach(async () => {
  await shop?.remove();
  shop = null;
  if (folder) await rm(folder, { recursive: true, force: true });
});
afterAll(() => ai?.close());

/** Starts a shop in the test's folder: anew, or again. */
async function start(config: Record<string, unknown> = {}): Promise<[Bookshop, AdminClient]> {
  shop = await startBookshop({
    folder,
    config: { ...QUICK, ...config },
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  return [shop, await shop.editor()];
}

test('entries that cannot be listed: the job says so while it is tried again, and goes on by itself', async () => {
  folder = await prepareFolder((database) => database.exec(BREAK));
  const [running, editor] = await start();
  const job = await editor.createJob(fillBody(SOME_POSTS));
  const waiting = await editor.reaches(job.id, ({ reason }) => reason?.code === 'listing_delayed');
  expect(waiting).toMatchObject({
    status: 'processing',
    listed: false,
    reason: { params: { detail: 'the disk is full' }, retryable: true },
  });
  // What is not listed to its end cannot be run again.
  expect(waiting.actions).not.toContain('duplicate');
  expect(await editor.act(job.id, 'duplicate')).toMatchObject({
    status: 409,
    body: { error: { name: 'ConflictError' } },
  });
  inDatabase(folder, (database) => database.exec(HEAL));
  const ended = await editor.ends(job.id);
  expect(ended).toMatchObject({ status: 'completed', reason: null, listed: true });
  expect(ended.counts.completed).toBe(ended.counts.total);
  const complaints = running.output().match(/could not be listed/g) ?? [];
  expect(complaints.length).toBeLessThanOrEqual(4);
});

test('a listing that fails for long is given up with its reason, and retried when a person asks', async () => {
  folder = await prepareFolder((database) => database.exec(BREAK));
  const [, editor] = await start({ pauseAfterMinutesDown: 0.02 });
  const job = await editor.createJob(fillBody(SOME_POSTS));
  const failed = await editor.reaches(job.id, ['failed']);
  expect(failed).toMatchObject({
    reason: {
      code: 'listing_failed',
      params: { said: 'the disk is full', detailCode: 'detail_technical' },
      retryable: true,
    },
    counts: { total: 0 },
  });
  expect(failed.actions).toContain('retry');
  expect(failed.timeline.at(-1)).toMatchObject({ event: 'failed', reason: { code: 'listing_failed' } });
  inDatabase(folder, (database) => database.exec(HEAL));
  expect((await editor.act(job.id, 'retry')).status).toBe(200);
  const ended = await editor.ends(job.id);
  expect(ended).toMatchObject({ status: 'completed', reason: null });
  expect(ended.counts.completed).toBeGreaterThan(5);
});

test('a listing that fails after a part: what was listed is done before the job is given up', async () => {
  folder = await prepareFolder((database) => {
    addPosts(database, 700);
    database.exec(BREAK.replace('begin', 'when new.position > 500 begin'));
  });
  const [, editor] = await start({ pauseAfterMinutesDown: 0.02 });
  const body = fillBody({ contentType: POST, filters: { title: { $startsWith: 'Post number ' } } });
  const job = await editor.createJob(body);
  const failed = await editor.reaches(job.id, ['failed'], 200_000);
  expect(failed).toMatchObject({
    reason: { code: 'listing_failed' },
    counts: { total: 500, completed: 500, pending: 0, processing: 0 },
  });
  inDatabase(folder, (database) => database.exec(HEAL));
  expect((await editor.act(job.id, 'retry')).status).toBe(200);
  const ended = await editor.ends(job.id);
  expect(ended).toMatchObject({ status: 'completed', reason: null, counts: { total: 700, completed: 700 } });
});

test('an entry whose draft is discarded before it is listed is listed all the same', async () => {
  const TOTAL = 3_000;
  let discarded = '';
  const addRow = (database: Parameters<typeof addPosts>[0], publishedAt: number | null): void => {
    database
      .prepare(
        `insert into posts (document_id, title, locale, created_at, updated_at, published_at) values (?, 'Post number 0', 'en', 1, 1, ?)`
      )
      .run(discarded, publishedAt);
  };
  folder = await prepareFolder((database) => {
    discarded = addPosts(database, TOTAL).at(-1) ?? '';
    addRow(database, 1);
  });
  let [running, editor] = await start();
  const body = fillBody({ contentType: POST, filters: { title: { $startsWith: 'Post number ' } } });
  const startAt = new Date(Date.now() + 3_600_000).toISOString();
  const job = await editor.createJob({ ...body, startAt });
  await editor.reaches(job.id, ({ counts }) => counts.total > 0);
  await running.stop();
  // Strapi puts another row in the draft's place.
  inDatabase(folder, (database) => {
    expect(
      database.prepare('select count(*) as n from ai_jobs_items where entry_document_id = ?').get(discarded)
    ).toEqual({ n: 0 });
    database.prepare('delete from posts where document_id = ? and published_at is null').run(discarded);
    addRow(database, null);
  });
  [running, editor] = await start();
  const listed = await editor.reaches(job.id, (known) => known.listed, 60_000);
  expect(listed.counts.total).toBe(TOTAL);
});

test('a server that is stopped while it lists stops at once, and lists on after its next start', async () => {
  const TOTAL = 20_000;
  folder = await prepareFolder((database) => addPosts(database, TOTAL));
  let [running, editor] = await start();
  const body = fillBody({ contentType: POST, filters: { title: { $startsWith: 'Post number ' } } });
  const startAt = new Date(Date.now() + 3_600_000).toISOString();
  const job = await editor.createJob({ ...body, startAt });
  await editor.reaches(job.id, ({ counts }) => counts.total >= 1_000);
  const began = Date.now();
  expect(await running.stop()).toBe(0);
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(running.output()).not.toContain('could not be listed');
  [running, editor] = await start();
  const listed = await editor.reaches(job.id, (known) => known.listed, 120_000);
  expect(listed).toMatchObject({ status: 'pending', reason: null, counts: { total: TOTAL, pending: TOTAL } });
});
