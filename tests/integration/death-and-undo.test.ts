import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { JobView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { POST, QUICK, runJob, Shelf } from '../bookshop/fill-jobs';
import { countsInDatabase, inDatabase, prepareFolder } from '../bookshop/stopped-database';
import { ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';

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
});
afterAll(() => ai?.close());

async function start(): Promise<AdminClient> {
  shop = await startBookshop({
    folder,
    config: QUICK,
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  return shop.editor();
}

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
  let editor = await start();
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

  editor = await start();
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
  editor = await start();
  await editor.data('POST', `/ai-jobs/jobs/${job.id}/items/${item?.id ?? 0}/retry`, {});
  expect((await editor.ends(job.id)).counts).toMatchObject({ total: 1, completed: 1 });
  expect(await live()).toMatchObject({ metaTitle: 'By AI', excerpt: 'Also by AI' });
  await editor.data('POST', `/ai-jobs/jobs/${undoing.id}/resume`, {});
  expect((await editor.ends(undoing.id)).counts).toMatchObject({ total: 1, completed: 1 });
  expect((await editor.items(job.id))[0]).toMatchObject({ status: 'completed', undoable: true });
  expect(await live()).toMatchObject({ metaTitle: 'By AI', excerpt: 'Also by AI' });
});
