import { describe, expect, test } from 'vitest';
import type { JobView, ListJobsResponse } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { CHAPTER, fillBody, POST, runJob, Shelf } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import type { FakeOpenAi } from '../fakes/openai-server';

let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

useShop((open) => ({ ai, editor, posts } = open));

describe('making a job', () => {
  test('title, priority and start time are kept; it begins when its time has come', async () => {
    const startAt = new Date(Date.now() + 3_000).toISOString();
    const job = await editor.createJob(
      fillBody(
        { contentType: POST, documentIds: posts.ids(1) },
        {},
        { title: 'Later, please', priority: 'high', startAt }
      )
    );
    expect(job).toMatchObject({ title: 'Later, please', priority: 'high', status: 'pending', startAt });
    await editor.reaches(job.id, (current) => current.listed);
    if (Date.now() < Date.parse(startAt)) expect(ai.calls).toBe(0);
    const ended = await editor.ends(job.id);
    expect(ended.counts.completed).toBe(1);
    expect(Date.parse(ended.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startAt));
    expect(ai.requests[0]?.receivedAt).toBeGreaterThanOrEqual(Date.parse(startAt));
    expect(ended.timeline.map(({ event }) => event)).toEqual(['created', 'started', 'completed']);
  });

  test('ten creations at once with one idempotency key make one job', async () => {
    const body = fillBody(
      { contentType: POST, documentIds: posts.ids(2) },
      {},
      { idempotencyKey: 'one-click' }
    );
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => editor.request<{ data: JobView }>('POST', '/ai-jobs/jobs', body))
    );
    expect(new Set(answers.map((answer) => answer.body.data.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(9);
    const job = await editor.ends(answers[0]?.body.data.id ?? '');
    expect(job.counts).toMatchObject({ total: 2, completed: 2 });
    expect(ai.calls).toBe(2);
  });

  test('an id picked twice is one item, and one that does not exist is skipped', async () => {
    const [documentId = ''] = posts.ids(1);
    const job = await runJob(editor, [documentId, 'doesnotexist000000000000', documentId]);
    expect(job.counts).toMatchObject({ total: 2, completed: 1, skipped: 1 });
    expect(job.selection).toEqual({ kind: 'ids', contentType: POST, locale: 'en', count: 2 });
    const gone = (await editor.items(job.id)).find((item) => item.status === 'skipped');
    expect(gone).toMatchObject({
      documentId: 'doesnotexist000000000000',
      error: { code: 'entry_gone', message: 'The entry no longer exists.' },
    });
  });

  test('filters, search and status select what the Content Manager lists', async () => {
    const chapters = (await editor.entries(CHAPTER)).slice(-2).map((chapter) => String(chapter.documentId));
    const filters = { chapter: { documentId: { $in: chapters } } };
    const listed = await editor.entries(
      POST,
      chapters.map((id, index) => `&filters[chapter][documentId][$in][${index}]=${id}`).join('')
    );
    expect(listed.length).toBeGreaterThan(1);
    const count = await editor.data<{ total: number; forbidden: number; exampleLabels: string[] }>(
      'POST',
      '/ai-jobs/selection/count',
      { selection: { contentType: POST, filters } }
    );
    expect(count).toMatchObject({ total: listed.length, forbidden: 0 });
    const byFilter = await editor.createJob(fillBody({ contentType: POST, filters }));
    await editor.ends(byFilter.id);
    const ids = (items: { documentId?: unknown }[]): string[] =>
      items.map((item) => String(item.documentId)).sort();
    expect(ids(await editor.items(byFilter.id))).toEqual(ids(listed));

    const found = await editor.entries(POST, '&_q=bread');
    expect(found.length).toBeGreaterThan(0);
    const bySearch = await editor.createJob(fillBody({ contentType: POST, search: 'bread' }));
    await editor.ends(bySearch.id);
    expect(ids(await editor.items(bySearch.id))).toEqual(ids(found));
    expect(bySearch.selection).toMatchObject({ kind: 'query', search: 'bread' });

    const drafts = (await Shelf.of(editor, POST)).take(6, (entry) => entry.status === 'draft');
    const byStatus = await editor.createJob(fillBody({ contentType: POST, status: 'draft' }));
    await editor.ends(byStatus.id);
    const items = await editor.items(byStatus.id);
    expect(ids(items)).toEqual(expect.arrayContaining(ids(drafts)) as string[]);
    expect(items.every((item) => item.status === 'completed')).toBe(true);
    for (const item of items) {
      const entry = await editor.entry(POST, item.documentId, '?locale=en');
      expect(entry.status).toBe('draft');
    }
  });

  test('a selection is frozen: what is made afterwards is not part of it', async () => {
    const title = 'Frozen selection';
    const create = (): Promise<{ status: number }> =>
      editor.request('POST', `/content-manager/collection-types/${POST}?locale=en`, { title });
    await create();
    const job = await editor.createJob(
      fillBody(
        { contentType: POST, filters: { title: { $eq: title } } },
        {},
        { startAt: new Date(Date.now() + 1_500).toISOString() }
      )
    );
    expect((await create()).status).toBe(201);
    const ended = await editor.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 1, completed: 1 });
  });
});

test('the list of jobs has pages, tabs with counts, a search and an order', async () => {
  const list = async (query: string): Promise<ListJobsResponse> =>
    (await editor.request<ListJobsResponse>('GET', `/ai-jobs/jobs?${query}`)).body;
  const title = 'Found by its title';
  await runJob(editor, posts.ids(1), {}, { title });
  const [chapter] = await editor.entries(CHAPTER);
  const ofChapter = { contentType: CHAPTER, documentIds: [String(chapter?.documentId)] };
  const described = fillBody(ofChapter, { prompt: '{{ name }}', outputs: [{ field: 'description' }] });
  await editor.ends((await editor.createJob(described)).id);
  const found = await list(`search=${encodeURIComponent('by its TITLE')}`);
  expect(found.data).toMatchObject([{ title, status: 'completed' }]);
  expect(found.meta.counts).toMatchObject({ all: 1, completed: 1, failed: 0 });
  const [job] = found.data;
  expect((await list(`search=${job?.id ?? ''}`)).data).toHaveLength(1);
  const all = await list('status=completed,failed&pageSize=2&sort=title:asc');
  expect(all.data).toHaveLength(2);
  expect(all.meta.pagination.total).toBe(all.meta.counts.completed + all.meta.counts.failed);
  expect((await list('createdBy=me&status=processing')).data).toHaveLength(0);
  expect((await list('type=undo')).data).toHaveLength(0);
  const ofPosts = await list(`contentType=${POST}&pageSize=100`);
  expect(new Set(ofPosts.data.map(({ selection }) => selection.contentType))).toEqual(new Set([POST]));
  const ofChapters = await list(`contentType=${CHAPTER}`);
  expect(ofChapters.data).toHaveLength(1);
  expect(ofPosts.meta.counts.all + ofChapters.meta.counts.all).toBe(all.meta.counts.all);
  expect(ofPosts.meta.contentTypes).toEqual([
    { uid: CHAPTER, label: 'Chapters' },
    { uid: POST, label: 'Posts' },
  ]);
  expect((await list('pageSize=1&page=2')).data).toHaveLength(1);
});
