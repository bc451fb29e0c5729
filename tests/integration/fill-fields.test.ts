import { describe, expect, test } from 'vitest';
import type { AdminClient } from '../bookshop/admin-client';
import type { Bookshop } from '../bookshop/bookshop';
import { CHAPTER, fillBody, POST, runJob, Shelf } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import { ok, type FakeOpenAi, userText } from '../fakes/openai-server';

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

useShop((open) => ({ shop, ai, editor, posts } = open));

const published = async (documentId: string): Promise<Record<string, unknown>> =>
  editor.entry(POST, documentId, '?status=published&locale=en');
const isPublished = (entry: { status: string }): boolean => entry.status === 'published';

test('a job over the selected chapters writes every description', async () => {
  const chapters = await editor.entries(CHAPTER);
  const documentIds = chapters.slice(0, 20).map((chapter) => String(chapter.documentId));
  const job = await editor.createJob(
    fillBody(
      { contentType: CHAPTER, documentIds },
      {
        prompt: 'Describe the chapter {{ name }} of the book {{ book_name }}.',
        outputs: [{ field: 'description', overwrite: 'always' }],
      }
    )
  );
  expect(job.status).toMatch(/pending|processing/);
  const ended = await editor.ends(job.id);
  expect(ended).toMatchObject({ status: 'completed', progress: 1, listed: true });
  expect(ended.counts).toMatchObject({ total: 20, completed: 20, failed: 0 });
  expect(ai.calls).toBe(20);
  const items = await editor.items(job.id);
  for (const item of items) {
    const entry = await editor.entry(CHAPTER, item.documentId);
    expect(entry.description).toBe(item.values.description?.written);
    expect(entry.description).not.toBe('');
  }
});

describe('fields', () => {
  const ANSWER = {
    metaTitle: 'Salt &amp; pepper',
    excerpt: 'First line.\n\nSecond line.',
    body: '## Heading\n\nA paragraph with **weight**.',
    summary: '## Summary\n\nA paragraph.\n\n- one\n- two',
    level: 'Advanced',
    facts: '{"people": 4, "spices": ["salt"]}',
    seo__metaTitle: 'A title for search engines',
  };

  test('every kind is written by one call, in the shape its field has', async () => {
    const [documentId = ''] = posts.ids(1, (entry) => entry.title === 'Polaris without a compass');
    const before = await editor.entry(POST, documentId, '?locale=en');
    const seo = before.seo as Record<string, unknown>;
    expect(seo.metaDescription ?? seo.keywords).toBeTruthy();
    ai.respond(() => ok(ANSWER));
    const fields = ['metaTitle', 'excerpt', 'body', 'summary', 'level', 'facts', 'seo.metaTitle'];
    const job = await runJob(editor, [documentId], { outputs: fields.map((field) => ({ field })) });
    expect(job.counts).toMatchObject({ total: 1, completed: 1 });
    expect(ai.calls).toBe(1);

    const entry = await editor.entry(POST, documentId, '?locale=en');
    expect(entry).toMatchObject({
      metaTitle: 'Salt & pepper',
      excerpt: 'First line.\n\nSecond line.',
      body: '## Heading\n\nA paragraph with **weight**.',
      level: 'advanced',
      facts: { people: 4, spices: ['salt'] },
      seo: { ...seo, metaTitle: 'A title for search engines' },
    });
    expect(entry.summary).toMatchObject([
      { type: 'heading', level: 2, children: [{ type: 'text', text: 'Summary' }] },
      { type: 'paragraph', children: [{ type: 'text', text: 'A paragraph.' }] },
      { type: 'list', format: 'unordered', children: [{ type: 'list-item' }, { type: 'list-item' }] },
    ]);
    const [item] = await editor.items(job.id);
    expect(Object.keys(item?.values ?? {}).sort()).toEqual([...fields].sort());
    expect(item?.values.metaTitle).toMatchObject({
      before: before.metaTitle,
      proposed: 'Salt & pepper',
      written: 'Salt & pepper',
    });
    expect(item?.values.facts).toMatchObject({
      before: before.facts,
      written: { people: 4, spices: ['salt'] },
    });
  });

  test('a component that an entry has not got yet is made', async () => {
    const [documentId = ''] = posts.ids(1);
    ai.respond(() => ok({ seo__metaDescription: 'What one finds here.' }));
    const job = await runJob(editor, [documentId], { outputs: [{ field: 'seo.metaDescription' }] });
    expect(job.counts.completed).toBe(1);
    const entry = await editor.entry(POST, documentId, '?locale=en');
    expect(entry.seo).toMatchObject({ metaDescription: 'What one finds here.' });
  });

  test('what fields allow is told to the model, the stricter limit of job and field', async () => {
    const documentIds = posts.ids(1);
    await runJob(editor, documentIds, {
      outputs: [
        { field: 'metaTitle', maxLength: 30, instructions: 'Begin with a verb.' },
        { field: 'level' },
        { field: 'metaDescription' },
      ],
    });
    const told = JSON.stringify(ai.lastRequest?.body.response_format);
    expect(told).toContain('At most 30 characters');
    expect(told).toContain('At most 160 characters');
    expect(told).toContain('Begin with a verb.');
    expect(told).toContain('"enum":["beginner","intermediate","advanced"]');
    const entry = await editor.entry(POST, documentIds[0] ?? '', '?locale=en');
    expect(String(entry.metaTitle).length).toBeLessThanOrEqual(30);
  });

  test('ifEmpty leaves what is filled, and asks only for what is not', async () => {
    const [filled = '', half = ''] = posts.ids(2);
    await editor.edit(POST, filled, { metaTitle: 'Mine', excerpt: 'Mine too' }, '?locale=en');
    await editor.edit(POST, half, { metaTitle: 'Mine', excerpt: '' }, '?locale=en');
    const outputs = [
      { field: 'metaTitle', overwrite: 'ifEmpty' },
      { field: 'excerpt', overwrite: 'ifEmpty' },
    ];
    const job = await runJob(editor, [filled, half], { outputs });
    expect(job.counts).toMatchObject({ total: 2, completed: 1, skipped: 1 });
    const [skipped, written] = await editor.items(job.id);
    expect(skipped).toMatchObject({
      status: 'skipped',
      error: { code: 'field_not_empty', params: { fields: 'metaTitle, excerpt' } },
      usage: null,
    });
    expect(Object.keys(written?.values ?? {})).toEqual(['excerpt']);
    expect(JSON.stringify(ai.lastRequest?.body)).not.toContain('metaTitle');
    expect(ai.calls).toBe(1);
    expect(await editor.entry(POST, filled, '?locale=en')).toMatchObject({
      metaTitle: 'Mine',
      excerpt: 'Mine too',
    });
    expect(await editor.entry(POST, half, '?locale=en')).toMatchObject({ metaTitle: 'Mine' });
  });

  test('HTML is kept in simple form where the job allows it, and taken out where it does not', async () => {
    const [plain = '', html = ''] = posts.ids(2);
    const text = '<p onclick="x()">Fish &amp; <strong>chips</strong></p><script>alert(1)</script>';
    ai.respond(() => ok({ excerpt: text }));
    await runJob(editor, [plain], { outputs: [{ field: 'excerpt' }] });
    await runJob(editor, [html], { outputs: [{ field: 'excerpt' }], html: true });
    const plainEntry = await editor.entry(POST, plain, '?locale=en');
    expect(plainEntry.excerpt).toBe('Fish & chips');
    const htmlEntry = await editor.entry(POST, html, '?locale=en');
    expect(htmlEntry.excerpt).toBe('<p>Fish &amp; <strong>chips</strong></p>');
  });
});

describe('versions of an entry', () => {
  test('a Vietnamese job touches the Vietnamese entry only', async () => {
    const vietnamese = await Shelf.of(editor, POST, '&locale=vi');
    const [entry] = vietnamese.take(1, isPublished);
    const documentId = entry?.documentId ?? '';
    const before = await editor.entry(POST, documentId, '?locale=en');
    const job = await editor.createJob(
      fillBody({ contentType: POST, locale: 'vi', documentIds: [documentId] })
    );
    await editor.ends(job.id);
    const [item] = await editor.items(job.id);
    expect(item).toMatchObject({ status: 'completed', locale: 'vi', label: entry?.title });
    expect(userText(ai.lastRequest)).toBe(`Title: ${entry?.title ?? ''}`);
    const after = await editor.entry(POST, documentId, '?locale=vi');
    expect(after.metaTitle).toBe(item?.values.metaTitle?.written);
    expect(await editor.entry(POST, documentId, '?locale=en')).toMatchObject({
      metaTitle: before.metaTitle,
      updatedAt: before.updatedAt,
    });
  });

  test('an entry that is not there in the language is skipped, and not made', async () => {
    const vietnamese = new Set((await editor.entries(POST, '&locale=vi')).map((entry) => entry.documentId));
    const [documentId = ''] = posts.ids(1, (entry) => !vietnamese.has(entry.documentId));
    const job = await editor.createJob(
      fillBody({ contentType: POST, locale: 'vi', documentIds: [documentId] })
    );
    const ended = await editor.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 1, skipped: 1 });
    expect((await editor.items(job.id))[0]?.error).toMatchObject({ code: 'entry_gone' });
    const answer = await editor.request(
      'GET',
      `/content-manager/collection-types/${POST}/${documentId}?locale=vi`
    );
    expect(answer.body).toMatchObject({ data: {} });
    expect(ai.calls).toBe(0);
  });

  test('mode apply writes the draft and leaves the published version alone', async () => {
    const [documentId = ''] = posts.ids(1, isPublished);
    const before = await published(documentId);
    const job = await runJob(editor, [documentId]);
    const [item] = await editor.items(job.id);
    expect(item).toMatchObject({ status: 'completed', message: null });
    const draft = await editor.entry(POST, documentId, '?locale=en');
    expect(draft).toMatchObject({ metaTitle: item?.values.metaTitle?.written, status: 'modified' });
    const after = await published(documentId);
    expect(after.metaTitle).toBe(before.metaTitle);
    expect(after.updatedAt).toBe(before.updatedAt);
  });

  test('mode publish publishes what is published and unmodified, nothing else', async () => {
    const [clean = ''] = posts.ids(1, isPublished);
    const [modified = ''] = posts.ids(1, isPublished);
    const [draft = ''] = posts.ids(1, (entry) => entry.status === 'draft');
    await editor.edit(POST, modified, { excerpt: 'Not to be published yet' }, '?locale=en');
    const before = await published(modified);
    const job = await runJob(editor, [clean, modified, draft], { mode: 'publish' });
    expect(job.counts).toMatchObject({ total: 3, completed: 3 });
    const items = await editor.items(job.id);
    const messages = new Map(items.map((item) => [item.documentId, item.message]));
    const written = (documentId: string): unknown =>
      items.find((item) => item.documentId === documentId)?.values.metaTitle?.written;

    expect(messages.get(clean)).toMatchObject({ code: 'published' });
    expect((await published(clean)).metaTitle).toBe(written(clean));
    expect((await editor.entry(POST, clean, '?locale=en')).status).toBe('published');

    expect(messages.get(modified)).toMatchObject({ code: 'not_published_other_changes' });
    expect((await published(modified)).updatedAt).toBe(before.updatedAt);
    expect((await editor.entry(POST, modified, '?locale=en')).metaTitle).toBe(written(modified));

    expect(messages.get(draft)).toMatchObject({ code: 'not_published_never_published' });
    expect(await editor.entry(POST, draft, '?locale=en')).toMatchObject({
      metaTitle: written(draft),
      status: 'draft',
    });
  });

  test('an entry is written in the name of who started the job', async () => {
    const [documentId = ''] = posts.ids(1);
    const administrator = await shop.admin();
    await administrator.edit(POST, documentId, { excerpt: 'By the administrator' }, '?locale=en');
    await runJob(editor, [documentId]);
    const entry = await administrator.entry(POST, documentId, '?locale=en');
    expect(entry.updatedBy).toMatchObject({ id: editor.person.id });
  });
});
