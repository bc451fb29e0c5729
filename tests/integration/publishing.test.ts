import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import type { JobView } from '../../server/src/contracts';
import { POST, QUICK, runJob, Shelf } from '../bookshop/fill-jobs';
import { inDatabase, prepareFolder } from '../bookshop/stopped-database';
import { ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';

let ai: FakeOpenAi;
let folder = '';
let shop: Bookshop;
/** A post that is published as its draft is, and which Strapi will not publish again: it has lost its title. */
let untitled = '';

beforeAll(async () => {
  ai = await startOpenAiServer(() => ok({ metaTitle: 'By AI' }));
  folder = await prepareFolder((database) => {
    const row = database
      .prepare<[], { id: string }>(
        `select draft.document_id as id from posts draft
         join posts live on live.document_id = draft.document_id and live.locale = draft.locale
         where draft.published_at is null and live.published_at is not null
           and draft.updated_at <= live.updated_at and draft.locale = 'en'
         limit 1`
      )
      .get();
    untitled = row?.id ?? '';
    database.prepare('update posts set title = null where document_id = ?').run(untitled);
  });
  shop = await startBookshop({
    folder,
    config: QUICK,
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
});
afterAll(async () => {
  await shop?.remove();
  await ai?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('where Strapi refuses to publish, the value is in the draft, the live version stays, and the item says why', async () => {
  const editor = await shop.editor();
  const live = (): Promise<Record<string, unknown>> =>
    editor.entry(POST, untitled, '?locale=en&status=published');
  const before = await live();
  expect(before.documentId).toBe(untitled);
  const job = await runJob(editor, [untitled], { mode: 'publish' });
  expect(job.counts).toMatchObject({ total: 1, completed: 1 });
  const [item] = await editor.items(job.id);
  expect(item).toMatchObject({
    status: 'completed',
    message: { code: 'publish_failed' },
    values: { metaTitle: { written: 'By AI' } },
  });
  expect((await editor.entry(POST, untitled, '?locale=en')).metaTitle).toBe('By AI');
  const after = await live();
  expect([after.id, after.metaTitle, after.updatedAt]).toEqual([
    before.id,
    before.metaTitle,
    before.updatedAt,
  ]);
});

test('an edit that waited while the job wrote, and bears an earlier time than the writing, is not published along', async () => {
  const editor = await shop.editor();
  const [clean = '', edited = ''] = (await Shelf.of(editor, POST)).ids(
    2,
    (entry) => entry.status === 'published' && entry.documentId !== untitled
  );
  const job = await runJob(editor, [clean, edited]);
  expect(job.counts).toMatchObject({ total: 2, completed: 2 });
  inDatabase(folder, (database) =>
    database
      .prepare(
        `update posts set excerpt = 'Not to be seen yet', updated_at = updated_at - 1
         where document_id = ? and locale = 'en' and published_at is null`
      )
      .run(edited)
  );
  const publishing = await editor.data<JobView>('POST', `/ai-jobs/jobs/${job.id}/publish`, {});
  expect((await editor.ends(publishing.id)).counts).toMatchObject({ total: 2, completed: 1, conflict: 1 });
  const items = await editor.items(publishing.id, '&status=conflict');
  expect(items).toMatchObject([{ documentId: edited, error: { code: 'draft_edited_since' } }]);
  const live = await editor.entry(POST, edited, '?locale=en&status=published');
  expect([live.excerpt, live.metaTitle]).not.toContain('Not to be seen yet');
  expect((await editor.entry(POST, clean, '?locale=en&status=published')).metaTitle).toBe('By AI');
});
