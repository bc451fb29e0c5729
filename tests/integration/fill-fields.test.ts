import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobView, ListJobsResponse, PromptView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { CHAPTER, fillBody, POST, QUICK, runJob, Shelf } from '../bookshop/fill-jobs';
import {
  error,
  ok,
  openAiError,
  startOpenAiServer,
  type FakeOpenAi,
  type ReceivedRequest,
} from '../fakes/openai-server';

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

beforeAll(async () => {
  ai = await startOpenAiServer();
  shop = await startBookshop({
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

beforeEach(() => {
  ai.respond(null);
  ai.reset();
});

const messagesOf = (request: ReceivedRequest | undefined): { role: string; content: string }[] =>
  request?.body.messages as { role: string; content: string }[];
const userText = (request: ReceivedRequest | undefined): string =>
  messagesOf(request).find(({ role }) => role === 'user')?.content ?? '';
const systemText = (request: ReceivedRequest | undefined): string | undefined =>
  messagesOf(request).find(({ role }) => role === 'system')?.content;
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

describe('prompts and what goes with a call', () => {
  test('aliases, paths and the globals are filled in from the entry', async () => {
    const [entry] = posts.take(1);
    const prompt = [
      '{{chapter_name}}|{{book_name}}|{{group_name}}|{{category_name}}',
      '{{ chapter.book.name }}|{{ chapter.book.group.category.name }}|{{ locale }}',
    ].join('\n');
    await runJob(editor, [entry?.documentId ?? ''], { prompt });
    const [aliases = '', paths = ''] = userText(ai.lastRequest).split('\n');
    const [chapter, book, group, category] = aliases.split('|');
    expect(chapter).not.toBe('');
    expect(group).not.toBe('');
    expect(paths).toBe(`${book ?? ''}|${category ?? ''}|en`);
    const chapters = await editor.entries(CHAPTER);
    expect(chapters.map(({ name }) => name)).toContain(chapter);
  });

  test('a saved prompt is used by its id, with its version, and counted', async () => {
    const prompt = await editor.data<PromptView>('POST', '/ai-jobs/prompts', {
      name: 'For the test of saved prompts',
      contentType: POST,
      template: 'Saved: {{ title }}',
      systemMessage: 'You are the saved system message.',
      html: true,
    });
    const [entry] = posts.take(1);
    const job = await runJob(editor, [entry?.documentId ?? ''], { prompt: undefined, promptId: prompt.id });
    expect(userText(ai.lastRequest)).toBe(`Saved: ${entry?.title ?? ''}`);
    expect(systemText(ai.lastRequest)).toBe('You are the saved system message.');
    expect(job.title).toContain('For the test of saved prompts');
    expect(job.settings).toMatchObject({ promptName: prompt.name, promptVersion: 1, html: true });
    const used = await editor.data<PromptView>('GET', `/ai-jobs/prompts/${prompt.id}`);
    expect(used.usedBy).toBe(1);
  });

  test('the system message is the one of the content type, unless the job has its own', async () => {
    const [first = '', second = ''] = posts.ids(2);
    await runJob(editor, [first]);
    expect(systemText(ai.lastRequest)).toContain('“Post”');
    await runJob(editor, [second], { systemMessage: 'My own words.' });
    expect(systemText(ai.lastRequest)).toBe('My own words.');
    expect(userText(ai.lastRequest)).not.toContain('My own words.');
  });

  test('temperature, the longest answer and extra properties reach the provider', async () => {
    await runJob(editor, posts.ids(1), {
      model: 'gpt-other',
      temperature: 0.3,
      maxTokens: 777,
      extra: { reasoning_effort: 'low', metadata: { shop: 'books' } },
    });
    expect(ai.lastRequest?.body).toMatchObject({
      model: 'gpt-other',
      temperature: 0.3,
      max_completion_tokens: 777,
      reasoning_effort: 'low',
      metadata: { shop: 'books' },
    });
    expect(ai.lastRequest?.headers.authorization).toBe('Bearer sk-test-key-1234');
  });

  test('entries whose input has not changed since their last run are skipped if the job says so', async () => {
    const [same = '', changed = ''] = posts.ids(2);
    await runJob(editor, [same, changed]);
    await editor.edit(POST, changed, { title: 'Another title' }, '?locale=en');
    ai.reset();
    const job = await runJob(editor, [same, changed], { skipUnchanged: true });
    expect(job.counts).toMatchObject({ total: 2, skipped: 1, completed: 1 });
    const items = await editor.items(job.id);
    expect(items.find((item) => item.documentId === same)?.error).toMatchObject({ code: 'unchanged' });
    expect(ai.calls).toBe(1);
  });

  test('a repair round makes exactly two calls, and both are on record', async () => {
    const documentIds = posts.ids(1);
    ai.respond((_request, index) =>
      index === 0
        ? ok({ metaTitle: 'x'.repeat(90) }, { usage: { input: 100, output: 40, cached: 10 } })
        : ok(
            { metaTitle: 'Short' },
            {
              usage: { input: 150, output: 5, reasoning: 3 },
              costUsd: 0.002,
              model: 'gpt-test-2026',
              headers: { 'x-request-id': 'req_second' },
            }
          )
    );
    const job = await runJob(editor, documentIds);
    expect(ai.calls).toBe(2);
    const repair = messagesOf(ai.lastRequest);
    expect(repair.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(repair.at(-1)?.content).toMatch(/70/);

    const [listed] = await editor.items(job.id);
    const usage = {
      calls: 2,
      inputTokens: 250,
      cachedTokens: 10,
      outputTokens: 45,
      reasoningTokens: 3,
      costUsd: 0.002,
    };
    expect(listed).toMatchObject({ status: 'completed', attempts: 1, usage });
    expect(job.costUsd).toBeCloseTo(0.002);
    const item = await editor.data<{ calls: unknown[]; prompt: unknown }>(
      'GET',
      `/ai-jobs/jobs/${job.id}/items/${listed?.id ?? 0}`
    );
    expect(item.prompt).toMatchObject({ user: expect.stringContaining('Title: ') as string });
    expect(item.calls).toHaveLength(2);
    expect(item.calls).toMatchObject([
      {
        provider: 'openai',
        model: 'gpt-test',
        inputTokens: 100,
        cachedTokens: 10,
        outcome: 'ok',
        error: {
          code: 'reply_too_long',
          message: 'The answer was longer than metaTitle allows (90 of 70 characters).',
        },
      },
      {
        modelAnswered: 'gpt-test-2026',
        outputTokens: 5,
        reasoningTokens: 3,
        costUsd: 0.002,
        outcome: 'ok',
        error: null,
        requestId: 'req_second',
      },
    ]);
  });

  test('a schema that is refused leaves a record, and so does the call in another form', async () => {
    const documentIds = posts.ids(1);
    ai.respond((request) =>
      JSON.stringify(request.body.response_format ?? null).includes('json_schema')
        ? error(
            400,
            openAiError(
              "Invalid parameter: 'response_format' of type 'json_schema' is not supported.",
              'invalid_request_error',
              null
            ),
            { 'x-request-id': 'req_refused' }
          )
        : ok({ metaTitle: 'Short' }, { usage: { input: 100, output: 5 } })
    );
    const job = await runJob(editor, documentIds, { model: 'gpt-without-schemas' });
    expect(job.counts).toMatchObject({ total: 1, completed: 1 });
    const [listed] = await editor.items(job.id);
    expect(listed?.usage).toMatchObject({ calls: 2, inputTokens: 100, outputTokens: 5 });
    const item = await editor.data<{ calls: unknown[] }>(
      'GET',
      `/ai-jobs/jobs/${job.id}/items/${listed?.id ?? 0}`
    );
    expect(item.calls).toMatchObject([
      { outcome: 'form_refused', inputTokens: 0, requestId: 'req_refused' },
      { outcome: 'ok', inputTokens: 100, outputTokens: 5 },
    ]);
  });

  test('a sample shows prompt and result for three entries and writes nothing', async () => {
    const entries = posts.take(4);
    const jobsBefore = await editor.request<{ meta: { counts: { all: number } } }>('GET', '/ai-jobs/jobs');
    const before = await Promise.all(
      entries.map((entry) => editor.entry(POST, entry.documentId, '?locale=en'))
    );
    const sample = await editor.data<{
      total: number;
      averageTokens: number;
      entries: {
        documentId: string;
        prompt: { user: string };
        values: Record<string, unknown>;
        error: null;
      }[];
    }>(
      'POST',
      '/ai-jobs/jobs/sample',
      fillBody({ contentType: POST, documentIds: entries.map((entry) => entry.documentId) })
    );
    expect(sample.total).toBe(4);
    expect(sample.averageTokens).toBeGreaterThan(0);
    expect(sample.entries).toHaveLength(3);
    for (const entry of sample.entries) {
      expect(entry.error).toBeNull();
      expect(entry.prompt.user).toMatch(/^Title: ./);
      expect(entry.values.metaTitle).toMatchObject({
        proposed: expect.stringContaining('Title') as string,
        maxLength: 70,
      });
    }
    const after = await Promise.all(
      entries.map((entry) => editor.entry(POST, entry.documentId, '?locale=en'))
    );
    expect(after).toEqual(before);
    const jobsAfter = await editor.request<{ meta: { counts: { all: number } } }>('GET', '/ai-jobs/jobs');
    expect(jobsAfter.body.meta.counts).toEqual(jobsBefore.body.meta.counts);
  });
});

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

test('an entry deleted before its turn is skipped and not brought back', async () => {
  const [documentId = ''] = posts.ids(1);
  const job = await editor.createJob(
    fillBody(
      { contentType: POST, documentIds: [documentId] },
      {},
      { startAt: new Date(Date.now() + 2_000).toISOString() }
    )
  );
  await editor.reaches(job.id, (current) => current.listed);
  const administrator = await shop.admin();
  await administrator.request('DELETE', `/content-manager/collection-types/${POST}/${documentId}?locale=*`);
  const ended = await editor.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 1, skipped: 1 });
  expect((await editor.items(job.id))[0]?.error).toMatchObject({ code: 'entry_gone' });
  const answer = await editor.request('GET', `/content-manager/collection-types/${POST}/${documentId}`);
  expect(answer.status).toBe(404);
});

test('an entry edited while its text is written keeps the words of the person', async () => {
  const [documentId = ''] = posts.ids(1);
  let release: () => void = () => undefined;
  const edited = new Promise<void>((resolve) => (release = resolve));
  ai.respond(async () => {
    await edited;
    return ok({ metaTitle: 'From the machine' });
  });
  const job = await editor.createJob(fillBody({ contentType: POST, documentIds: [documentId] }));
  await ai.waitForCalls(1, 20_000);
  await editor.edit(POST, documentId, { metaTitle: 'From a person' }, '?locale=en');
  release();
  const ended = await editor.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 1, conflict: 1 });
  const [item] = await editor.items(job.id);
  expect(item).toMatchObject({
    status: 'conflict',
    error: { code: 'edited_meanwhile', params: { fields: 'metaTitle' } },
    values: { metaTitle: { proposed: 'From the machine', written: null } },
  });
  expect((await editor.entry(POST, documentId, '?locale=en')).metaTitle).toBe('From a person');
});

test('an entry unpublished or deleted while its text is written is not written', async () => {
  const [unpublished = '', deleted = ''] = posts.ids(2, isPublished);
  let release: () => void = () => undefined;
  const changed = new Promise<void>((resolve) => (release = resolve));
  ai.respond(async () => {
    await changed;
    return ok({ metaTitle: 'From the machine' });
  });
  const job = await editor.createJob(
    fillBody({ contentType: POST, documentIds: [unpublished, deleted] }, { mode: 'publish' })
  );
  await ai.waitForCalls(2, 20_000);
  const entries = `/content-manager/collection-types/${POST}`;
  const administrator = await shop.admin();
  await administrator.data('POST', `${entries}/${unpublished}/actions/unpublish?locale=en`, {});
  await administrator.request('DELETE', `${entries}/${deleted}?locale=*`);
  release();
  const ended = await editor.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 2, conflict: 1, skipped: 1 });
  const items = await editor.items(job.id);
  expect(items.find((item) => item.documentId === unpublished)?.error).toMatchObject({
    code: 'entry_moved_meanwhile',
  });
  expect(items.find((item) => item.documentId === deleted)?.error).toMatchObject({ code: 'entry_gone' });
  const entry = await editor.entry(POST, unpublished, '?locale=en');
  expect(entry).toMatchObject({ status: 'draft' });
  expect(entry.metaTitle).not.toBe('From the machine');
  expect((await editor.request('GET', `${entries}/${deleted}`)).status).toBe(404);
});

test('the list of jobs has pages, tabs with counts, a search and an order', async () => {
  const list = async (query: string): Promise<ListJobsResponse> =>
    (await editor.request<ListJobsResponse>('GET', `/ai-jobs/jobs?${query}`)).body;
  const title = 'Found by its title';
  await runJob(editor, posts.ids(1), {}, { title });
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
  expect(ofChapters.data.length).toBeGreaterThan(0);
  expect(ofPosts.meta.counts.all + ofChapters.meta.counts.all).toBe(all.meta.counts.all);
  expect(ofPosts.meta.contentTypes).toEqual([
    { uid: CHAPTER, label: 'Chapters' },
    { uid: POST, label: 'Posts' },
  ]);
  expect((await list('pageSize=1&page=2')).data).toHaveLength(1);
});
