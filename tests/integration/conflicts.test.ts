import { expect, test } from 'vitest';
import type { ItemView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { fillBody, POST, runJob, type Shelf } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import { delay, error, ok, type FakeOpenAi } from '../fakes/openai-server';
import { waitFor } from '../wait-for';

let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

useShop((open) => ({ ai, editor, posts } = open));

/** Does something to the entry while the model is still thinking. */
function meanwhile(act: () => Promise<{ status: number }>, answer: Record<string, unknown>): void {
  ai.respond(async () => {
    const { status } = await act();
    if (status >= 300) throw new Error(`What happens meanwhile answered ${status}.`);
    return ok(answer);
  });
}

const address = (documentId: string): string => `/content-manager/collection-types/${POST}/${documentId}`;

async function runOn(
  documentIds: string[],
  settings: Record<string, unknown> = {},
  locale?: string
): Promise<{ id: string; item: ItemView; items: ItemView[] }> {
  const { id } = await runJob(editor, documentIds, settings, {
    selection: { contentType: POST, documentIds, ...(locale ? { locale } : {}) },
  });
  const items = await editor.items(id);
  const [item] = items;
  if (!item) throw new Error('The job has no item.');
  return { id, item, items };
}

test('edited meanwhile: conflict, and the person’s words stay', async () => {
  const [id = ''] = posts.ids(1);
  const { metaTitle: before } = await editor.entry(POST, id);
  meanwhile(() => editor.edit(POST, id, { metaTitle: 'Words of a person' }), { metaTitle: 'Words of AI' });
  const { item } = await runOn([id]);
  expect(item).toMatchObject({
    status: 'conflict',
    error: { code: 'edited_meanwhile', retryable: true },
    values: { metaTitle: { before: before ?? null, proposed: 'Words of AI', written: null } },
    undoable: false,
  });
  expect(item.error?.message).toMatch(/metaTitle/);
  expect((await editor.entry(POST, id)).metaTitle).toBe('Words of a person');
});

test('a conflict tried again writes over the words it has read this time', async () => {
  const [id = ''] = posts.ids(1);
  meanwhile(() => editor.edit(POST, id, { metaTitle: 'Words of a person' }), { metaTitle: 'First try' });
  const { id: jobId, item } = await runOn([id]);
  expect(item.status).toBe('conflict');
  ai.respond(() => ok({ metaTitle: 'Second try' }));
  expect((await editor.act(jobId, `items/${item.id}/retry`)).status).toBe(200);
  const ended = await editor.ends(jobId);
  expect(ended.counts).toMatchObject({ total: 1, completed: 1, conflict: 0 });
  const [again] = await editor.items(jobId);
  expect(again?.values.metaTitle?.before).toBe('Words of a person');
  expect((await editor.entry(POST, id)).metaTitle).toBe(again?.values.metaTitle?.written);
});

test('another field edited meanwhile: both changes are there', async () => {
  const [id = ''] = posts.ids(1);
  meanwhile(() => editor.edit(POST, id, { excerpt: 'An excerpt by a person' }), { metaTitle: 'By AI' });
  const { item } = await runOn([id]);
  expect(item.status).toBe('completed');
  expect(await editor.entry(POST, id)).toMatchObject({
    metaTitle: 'By AI',
    excerpt: 'An excerpt by a person',
  });
});

test('one of two fields edited meanwhile: neither is written', async () => {
  const [id = ''] = posts.ids(1);
  const { metaTitle } = await editor.entry(POST, id);
  meanwhile(() => editor.edit(POST, id, { metaDescription: 'By a person' }), {
    metaTitle: 'By AI',
    metaDescription: 'By AI',
  });
  const { item } = await runOn([id], {
    outputs: [{ field: 'metaTitle' }, { field: 'metaDescription' }],
  });
  expect(item).toMatchObject({ status: 'conflict', error: { params: { fields: 'metaDescription' } } });
  expect(await editor.entry(POST, id)).toMatchObject({ metaTitle, metaDescription: 'By a person' });
});

test('unpublished meanwhile: nothing is written, and it stays unpublished', async () => {
  const [entry] = posts.take(1, ({ status }) => status === 'published');
  const id = entry?.documentId ?? '';
  const { metaTitle } = await editor.entry(POST, id);
  for (const mode of ['apply', 'publish']) {
    if (mode === 'publish')
      expect((await editor.request('POST', `${address(id)}/actions/publish`, {})).status).toBe(200);
    meanwhile(() => editor.request('POST', `${address(id)}/actions/unpublish`, {}), { metaTitle: 'By AI' });
    const { item } = await runOn([id], { mode });
    expect(item).toMatchObject({ status: 'conflict', error: { code: 'entry_moved_meanwhile' } });
    const after = await editor.entry(POST, id);
    expect(after.metaTitle).toBe(metaTitle);
    expect(after.status).toBe('draft');
  }
});

test.each(['apply', 'publish'])('deleted meanwhile: skipped, and not brought back (%s)', async (mode) => {
  const [id = ''] = posts.ids(1, ({ status }) => status === 'published');
  meanwhile(() => editor.request('DELETE', `${address(id)}?locale=*`), { metaTitle: 'By AI' });
  const { item } = await runOn([id], { mode });
  expect(item).toMatchObject({ status: 'skipped', error: { code: 'entry_gone' } });
  expect((await editor.request('GET', address(id))).status).toBe(404);
});

test('deleted before its turn: skipped without a call', async () => {
  const [id = ''] = posts.ids(1);
  const job = await editor.createJob(
    fillBody(
      { contentType: POST, documentIds: [id] },
      {},
      { startAt: new Date(Date.now() + 4_000).toISOString() }
    )
  );
  await editor.reaches(job.id, ({ listed }) => listed);
  expect((await editor.request('DELETE', address(id))).status).toBeLessThan(300);
  const callsBefore = ai.calls;
  const ended = await editor.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 1, skipped: 1 });
  expect((await editor.items(job.id))[0]?.error?.code).toBe('entry_gone');
  expect(ai.calls).toBe(callsBefore);
  expect((await editor.request('GET', address(id))).status).toBe(404);
});

test('one language deleted meanwhile: it is not brought back, the other one is untouched', async () => {
  const vietnamese = await editor.entries(POST, '&locale=vi&sort=id:asc');
  const id = String(vietnamese[0]?.documentId);
  posts.take(1, ({ documentId }) => documentId === id);
  const english = await editor.entry(POST, id, '?locale=en');
  meanwhile(() => editor.request('DELETE', `${address(id)}?locale=vi`), { metaTitle: 'Bằng AI' });
  const { item } = await runOn([id], {}, 'vi');
  expect(item).toMatchObject({ status: 'skipped', locale: 'vi', error: { code: 'entry_gone' } });
  const left = await editor.entries(POST, '&locale=vi');
  expect(left.map(({ documentId }) => documentId)).not.toContain(id);
  expect((await editor.entry(POST, id, '?locale=en')).metaTitle).toBe(english.metaTitle);
});

test('ids that never existed are skipped with the reason; the others are done', async () => {
  const [id = ''] = posts.ids(1);
  const { items } = await runOn(['neverwasthere00000000001', id, 'neverwasthere00000000002']);
  expect(items.map(({ documentId, status, error: reason }) => [documentId, status, reason?.code])).toEqual([
    ['neverwasthere00000000001', 'skipped', 'entry_gone'],
    [id, 'completed', undefined],
    ['neverwasthere00000000002', 'skipped', 'entry_gone'],
  ]);
});

test('an entry that holds the proposed value already is completed and left as it is', async () => {
  const [id = ''] = posts.ids(1);
  expect((await editor.edit(POST, id, { metaTitle: 'The same words' })).status).toBe(200);
  const before = await editor.entry(POST, id);
  ai.respond(() => ok({ metaTitle: 'The same words' }));
  const { item } = await runOn([id]);
  expect(item).toMatchObject({
    status: 'completed',
    values: { metaTitle: { before: 'The same words', written: 'The same words' } },
  });
  expect((await editor.entry(POST, id)).updatedAt).toBe(before.updatedAt);
});

test('however an edit and the writing fall together, the person’s words are there at the end', async () => {
  const entries = posts.take(20);
  const edits: Promise<unknown>[] = [];
  ai.respond((request) => {
    const asked = JSON.stringify(request.body.messages);
    const entry = entries.find(({ title }) => asked.includes(`Title: ${title}"`));
    if (!entry) return error(400);
    edits.push(
      new Promise((resolve) => setTimeout(resolve, Math.random() * 120)).then(() =>
        editor.edit(POST, entry.documentId, { metaTitle: `By a person: ${entry.documentId}` })
      )
    );
    return delay(Math.random() * 120, ok({ metaTitle: 'By AI' }));
  });
  const { items } = await runOn(entries.map(({ documentId }) => documentId));
  await Promise.all(edits);
  expect(edits).toHaveLength(entries.length);
  for (const item of items) expect(['completed', 'conflict']).toContain(item.status);
  for (const { documentId } of entries) {
    expect((await editor.entry(POST, documentId)).metaTitle).toBe(`By a person: ${documentId}`);
  }
});

test('taken back while a call of the job is still running: what that one writes is taken back, too', async () => {
  const documentIds = posts.ids(2);
  const read = (): Promise<unknown[]> =>
    Promise.all(documentIds.map(async (id) => (await editor.entry(POST, id)).metaTitle ?? null));
  const before = await read();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let calls = 0;
  ai.respond(async () => {
    calls += 1;
    const reply = ok({ metaTitle: `By AI ${calls}` });
    if (calls > 1) await released;
    return reply;
  });
  const job = await editor.createJob(fillBody({ contentType: POST, documentIds }));
  await editor.reaches(job.id, ({ counts }) => counts.completed === 1);
  await waitFor(() => calls === 2, { what: 'the second call' });
  expect((await editor.act(job.id, 'pause')).status).toBe(200);
  const undo = await editor.act(job.id, 'undo');
  expect(undo.status).toBeLessThan(300);
  release();
  const undone = await editor.ends(undo.body.data.id);
  expect(undone.counts).toMatchObject({ total: 2, completed: 2 });
  expect(await read()).toEqual(before);
});
