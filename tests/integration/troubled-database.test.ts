import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AdminClient } from '../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, QUICK, runJob, Shelf } from '../bookshop/fill-jobs';
import { inDatabase, prepareFolder } from '../bookshop/stopped-database';
import { ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { waitFor } from '../wait-for';

/** Refuses rows of a table as long as it is named in `refused`; and somebody changes marked posts right after they were written. */
const TROUBLE = `
  create table refused (name text);
  create table meddled (document_id text);
  create trigger no_replies before insert on ai_jobs_replies when exists (select 1 from refused where name = 'replies')
    begin select raise(abort, 'the disk is full'); end;
  create trigger no_ends before update on ai_jobs_items
    when new.status = 'completed' and exists (select 1 from refused where name = 'ends')
    begin select raise(abort, 'the disk is full'); end;
  create trigger meddle after update of applied_at on ai_jobs_items when new.applied_at is not null
    begin
      update posts set meta_title = 'Words of a person', updated_at = updated_at + 5000
        where document_id = new.entry_document_id and document_id in (select document_id from meddled);
    end;
`;

let ai: FakeOpenAi;
let folder = '';
let shop: Bookshop;
let editor: AdminClient;
let posts: Shelf;

beforeAll(async () => {
  ai = await startOpenAiServer();
  folder = await prepareFolder((database) => database.exec(TROUBLE));
  shop = await startBookshop({
    folder,
    config: QUICK,
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  editor = await shop.editor();
  posts = await Shelf.of(editor, POST);
});

afterAll(async () => {
  await shop?.remove();
  await ai?.close();
});

function refuse(name: string): void {
  inDatabase(folder, (database) => database.prepare('insert into refused values (?)').run(name));
}
function take(): void {
  inDatabase(folder, (database) => database.exec('delete from refused'));
}

test('a reply that the database does not take at once is kept, and not paid for twice', async () => {
  ai.reset();
  ai.respond(() => {
    refuse('replies');
    return ok({ metaTitle: 'Paid for once' });
  });
  const [documentId = ''] = posts.ids(1);
  const { id } = await editor.createJob(fillBody({ contentType: POST, documentIds: [documentId] }));
  await waitFor(() => ai.calls === 1, { what: 'the call' });
  // Refused several times by then: nothing tells of it but what does not happen.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect((await editor.items(id))[0]).toMatchObject({ status: 'processing', attempts: 0 });
  take();
  const job = await editor.ends(id);
  expect(job.counts).toMatchObject({ completed: 1, failed: 0 });
  expect(ai.calls).toBe(1);
  const [item] = await editor.items(id);
  const detail = await editor.data<{ calls: { outcome: string }[] }>(
    'GET',
    `/ai-jobs/jobs/${id}/items/${item?.id ?? 0}`
  );
  expect(detail.calls.map(({ outcome }) => outcome)).toEqual(['ok']);
  expect((await editor.entry(POST, documentId)).metaTitle).toBe('Paid for once');
});

test('an end that the database does not take at once is no crash', async () => {
  ai.reset();
  ai.respond(() => {
    refuse('ends');
    return ok({ metaTitle: 'Written once' });
  });
  const [documentId = ''] = posts.ids(1);
  const { id } = await editor.createJob(fillBody({ contentType: POST, documentIds: [documentId] }));
  await waitFor(async () => (await editor.entry(POST, documentId)).metaTitle === 'Written once', {
    what: 'the entry to be written',
  });
  take();
  const job = await editor.ends(id);
  expect(job.counts).toMatchObject({ completed: 1, failed: 0 });
  expect(ai.calls).toBe(1);
  const rows = inDatabase(folder, (database) =>
    database
      .prepare('select crashes from ai_jobs_items where entry_document_id = ? order by id desc')
      .all(documentId)
  );
  expect(rows[0]).toEqual({ crashes: 0 });
});

test('somebody changes one field right after the writing: the other can be taken back', async () => {
  ai.reset();
  ai.respond(() => ok({ metaTitle: 'By AI', metaDescription: 'Also by AI' }));
  const [documentId = ''] = posts.ids(1);
  const before = await editor.entry(POST, documentId);
  inDatabase(folder, (database) => database.prepare('insert into meddled values (?)').run(documentId));
  const job = await runJob(editor, [documentId], {
    outputs: [{ field: 'metaTitle' }, { field: 'metaDescription' }],
  });
  expect(job.counts).toMatchObject({ conflict: 1 });
  const [item] = await editor.items(job.id);
  expect(item).toMatchObject({
    error: { code: 'edited_meanwhile' },
    undoable: true,
    values: { metaDescription: { written: 'Also by AI' } },
  });
  inDatabase(folder, (database) => database.exec('delete from meddled'));
  const undo = await editor.request<{ data: { id: string } }>(
    'POST',
    `/ai-jobs/jobs/${job.id}/items/${item?.id ?? 0}/undo`
  );
  expect(undo.status).toBe(201);
  expect((await editor.ends(undo.body.data.id)).counts).toMatchObject({ completed: 1 });
  expect(await editor.entry(POST, documentId)).toMatchObject({
    metaTitle: 'Words of a person',
    metaDescription: before.metaDescription,
  });
});
