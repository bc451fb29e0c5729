import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { handsFor } from '../../server/src/domain/call-slots';
import type { JobView } from '../../server/src/contracts';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, QUICK, runJob, Shelf } from '../bookshop/fill-jobs';
import {
  addPosts,
  countsInDatabase,
  inDatabase,
  noteWrites,
  prepareFolder,
  writesPerPost,
} from '../bookshop/stopped-database';
import { delay, hang, ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { waitFor } from '../wait-for';

/** How soon after its start a shop must go on with what was left; milliseconds. */
const RESUME_LIMIT_MS = 20_000;
const CONCURRENCY = QUICK.jobTypes['fill-fields'].concurrency;

let ai: FakeOpenAi;
let folder = '';
let shop: Bookshop | null = null;

beforeAll(async () => {
  ai = await startOpenAiServer();
});
afterEach(async () => {
  await shop?.remove();
  shop = null;
  if (folder) await rm(folder, { recursive: true, force: true });
  ai.respond(null);
  ai.setLatency(0);
  ai.reset();
});
afterAll(() => ai?.close());

/** Starts a shop in the test's folder: anew, or again. */
async function start(config: Record<string, unknown> = {}): Promise<Bookshop> {
  shop = await startBookshop({
    folder,
    config: { ...QUICK, ...config },
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  return shop;
}

async function firstPosts(running: Bookshop, count: number): Promise<string[]> {
  return (await Shelf.of(await running.editor(), POST)).ids(count);
}

/** Items in hand that had no reply yet when the process died: only for these another call may be made. */
const itemsWithoutReply = (): number =>
  inDatabase(
    folder,
    (database) =>
      database
        .prepare<[], { total: number }>(
          `select count(*) as total from ai_jobs_items where status = 'processing' and id not in (select item_id from ai_jobs_replies)`
        )
        .get()?.total ?? 0
  );

test('killed again and again in mid-job: every item completed, none written twice, no reply paid twice', async () => {
  folder = await prepareFolder(noteWrites);
  let running = await start();
  const documentIds = await firstPosts(running, 100);
  ai.respond((_request, index) => delay(100 + ((index * 37) % 200), ok({ metaTitle: `Title ${index}` })));
  const editor = await running.editor();
  const job = await editor.createJob(fillBody({ contentType: POST, documentIds }));

  let callsLost = 0;
  for (const enough of [20, 45, 70]) {
    const client = await running.editor();
    await client.reaches(job.id, ({ counts }) => counts.completed >= enough);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
    await running.kill();

    const left = countsInDatabase(folder, job.id);
    expect(left.counts).toEqual(left.items);
    callsLost += itemsWithoutReply();

    const callsBefore = ai.calls;
    running = await start();
    await waitFor(() => ai.calls > callsBefore, {
      timeoutMs: RESUME_LIMIT_MS,
      what: 'the work to go on after the restart',
    });
  }
  const ended = await (await running.editor()).ends(job.id);
  expect(ended.counts).toMatchObject({ total: 100, completed: 100 });
  await running.stop();

  const writes = writesPerPost(folder);
  expect(documentIds.map((id) => writes.get(`${id} en`))).toEqual(documentIds.map(() => 1));
  expect(writes.size).toBe(100);
  // What a killed worker could not add to its items is not forgotten.
  const spent = (sql: string): unknown =>
    inDatabase(folder, (database) => database.prepare<[], { calls: number }>(sql).get()?.calls);
  expect(spent('select sum(calls) as calls from ai_jobs_items')).toBe(
    spent('select count(*) as calls from ai_jobs_usages')
  );
  expect(callsLost).toBeLessThanOrEqual(3 * handsFor(CONCURRENCY));
  expect(ai.calls).toBeLessThanOrEqual(100 + callsLost);
});

test('stopped with SIGTERM in mid-job: items are handed back, and go on where the shop starts again', async () => {
  folder = await prepareFolder(noteWrites);
  const patient = {
    jobTypes: { 'fill-fields': { ...QUICK.jobTypes['fill-fields'], timeoutSeconds: 60 } },
    workers: { shutdownGraceMs: 300 },
  };
  const running = await start(patient);
  const documentIds = await firstPosts(running, 30);
  ai.respond(() => hang());
  const job = await (await running.editor()).createJob(fillBody({ contentType: POST, documentIds }));
  await ai.waitForCalls(CONCURRENCY, 20_000);

  const toldAt = Date.now();
  expect(await running.stop()).toBe(0);
  expect(Date.now() - toldAt).toBeLessThan(10_000);
  const left = countsInDatabase(folder, job.id);
  expect(left.items).toEqual({ pending: 30 });
  expect(left.counts).toEqual(left.items);
  const blamed = inDatabase(folder, (database) =>
    database.prepare('select id from ai_jobs_items where crashes > 0 or attempts > 0').all()
  );
  expect(blamed).toEqual([]);

  ai.reset();
  ai.respond(null);
  const again = await start(patient);
  await waitFor(() => ai.calls > 0, { timeoutMs: RESUME_LIMIT_MS, what: 'the work to go on' });
  const ended = await (await again.editor()).ends(job.id);
  expect(ended.counts).toMatchObject({ total: 30, completed: 30 });
  await again.stop();
  expect([...writesPerPost(folder).values()].every((writes) => writes === 1)).toBe(true);
});

test('an item that kills its worker is set aside, those in hand beside it are not, of whichever job', async () => {
  folder = await prepareFolder(() => undefined);
  let running = await start();
  const shelf = await Shelf.of(await running.editor(), POST);
  const posts = shelf.take(20);
  const beside = shelf.take(6).map(({ documentId }) => documentId);
  const poison = posts[4];
  let deaths = 0;
  const dying: Promise<void>[] = [];
  ai.respond((request) => {
    if (deaths < 3 && JSON.stringify(request.body.messages).includes(`Title: ${poison?.title}`)) {
      deaths += 1;
      dying.push(running.kill());
      return hang();
    }
    return delay(400, ok({ metaTitle: 'A title' }));
  });
  const editor = await running.editor();
  const other = await editor.createJob(fillBody({ contentType: POST, documentIds: beside }));
  const job = await editor.createJob(
    fillBody({ contentType: POST, documentIds: posts.map(({ documentId }) => documentId) })
  );

  for (const death of [1, 2, 3]) {
    await waitFor(() => deaths === death, { timeoutMs: 30_000, what: `death number ${death}` });
    await Promise.all(dying);
    running = await start();
  }
  const client = await running.editor();
  const ended = await client.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 20, completed: 19, failed: 1 });
  expect((await client.ends(other.id)).counts).toMatchObject({ total: 6, completed: 6 });
  const [failed] = await client.items(job.id, '&status=failed');
  expect(failed).toMatchObject({
    documentId: poison?.documentId,
    error: { code: 'crashed', retryable: true },
  });
  expect(failed?.error?.message).toMatch(/\w/);

  // What crashed it has been mended meanwhile.
  expect((await client.act(job.id, 'retry')).status).toBe(200);
  expect((await client.ends(job.id)).counts).toMatchObject({ total: 20, completed: 20, failed: 0 });
});

test('killed while the entries are being listed: the listing goes on, each entry is listed once', async () => {
  const many = 6_000;
  folder = await prepareFolder((database) => addPosts(database, many));
  let running = await start();
  const editor = await running.editor();
  const job = await editor.createJob(
    fillBody(
      { contentType: POST, filters: { title: { $startsWith: 'Post number' } } },
      {},
      // Listed at once, worked on later: nothing but the listing is under way.
      { startAt: new Date(Date.now() + 3_600_000).toISOString() }
    )
  );
  const seen = await editor.reaches(job.id, ({ counts }) => counts.total > 0);
  expect(seen.listed).toBe(false);
  await running.kill();
  const left = countsInDatabase(folder, job.id);
  expect(left.items.pending).toBeLessThan(many);
  expect(left.counts).toEqual(left.items);

  running = await start();
  const client = await running.editor();
  const listed = await client.reaches(job.id, (current) => current.listed);
  expect(listed.counts).toMatchObject({ total: many, pending: many });
  expect((await client.act(job.id, 'cancel')).status).toBe(200);
  expect((await client.ends(job.id)).counts).toMatchObject({ total: many, cancelled: many });
  await running.stop();
  const distinct = inDatabase(folder, (database) =>
    database
      .prepare<[], { total: number }>('select count(distinct entry_document_id) as total from ai_jobs_items')
      .get()
  );
  expect(distinct?.total).toBe(many);
});

/** What stands in the database where a worker died after the writing of a job's only item and before the item's end. */
function diedBeforeTheEnd(jobId: string, status: 'processing' | 'paused'): void {
  inDatabase(folder, (database) => {
    const { key } = database
      .prepare<[string], { key: number }>('select id as key from ai_jobs_jobs where document_id = ?')
      .get(jobId) ?? { key: 0 };
    database
      .prepare(
        `update ai_jobs_items set status = 'pending', lease = null, lease_until = null, ended_at = null, queued_at = null
         where job_id = ?`
      )
      .run(key);
    database
      .prepare(
        `update ai_jobs_jobs set status = ?, count_pending = 1, count_completed = 0, ended_at = null where id = ?`
      )
      .run(status, key);
  });
  const { items, counts } = countsInDatabase(folder, jobId);
  expect(items).toEqual({ pending: 1 });
  expect(counts).toMatchObject({ pending: 1 });
}

test('published before its worker died, and edited by a person before it went on: what is left can be taken back, live too', async () => {
  folder = await prepareFolder(() => undefined);
  let editor = await (await start()).editor();
  const [documentId = ''] = (await Shelf.of(editor, POST)).ids(1, ({ status }) => status === 'published');
  const live = (): Promise<Record<string, unknown>> =>
    editor.entry(POST, documentId, '?locale=en&status=published');
  const before = await live();
  ai.respond(() => ok({ metaTitle: 'By AI', excerpt: 'Also by AI' }));
  const job = await runJob(editor, [documentId], {
    mode: 'publish',
    outputs: [{ field: 'metaTitle' }, { field: 'excerpt' }],
  });
  expect((await editor.items(job.id))[0]?.message).toMatchObject({ code: 'published' });
  await editor.edit(POST, documentId, { metaTitle: 'By a person' }, '?locale=en');
  const address = `/content-manager/collection-types/${POST}/${documentId}/actions/publish?locale=en`;
  expect((await editor.request('POST', address, {})).status).toBe(200);
  await shop?.stop();
  diedBeforeTheEnd(job.id, 'processing');

  editor = await (await start()).editor();
  const ended = await editor.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 1, conflict: 1 });
  const [item] = await editor.items(job.id);
  expect(item).toMatchObject({
    status: 'conflict',
    error: { code: 'edited_since', params: { fields: 'metaTitle' } },
    undoable: true,
  });

  const undoing = await editor.data<JobView>('POST', `/ai-jobs/jobs/${job.id}/undo`, {});
  expect((await editor.ends(undoing.id)).counts).toMatchObject({ total: 1, completed: 1 });
  expect(await live()).toMatchObject({ metaTitle: 'By a person', excerpt: before.excerpt });
  await shop?.stop();

  // The undoing's worker dies before its end, too, and meanwhile the item is run anew, with the answer that was paid.
  inDatabase(folder, (database) => database.prepare('update ai_jobs_items set undone_at = null').run());
  diedBeforeTheEnd(undoing.id, 'paused');
  editor = await (await start()).editor();
  await editor.data('POST', `/ai-jobs/jobs/${job.id}/items/${item?.id ?? 0}/retry`, {});
  expect((await editor.ends(job.id)).counts).toMatchObject({ total: 1, completed: 1 });
  expect(await live()).toMatchObject({ metaTitle: 'By AI', excerpt: 'Also by AI' });
  await editor.data('POST', `/ai-jobs/jobs/${undoing.id}/resume`, {});
  expect((await editor.ends(undoing.id)).counts).toMatchObject({ total: 1, completed: 1 });
  expect((await editor.items(job.id))[0]).toMatchObject({ status: 'completed', undoable: true });
  expect(await live()).toMatchObject({ metaTitle: 'By AI', excerpt: 'Also by AI' });
});
