import { describe, expect, test } from 'vitest';
import type {
  CheckPromptResponse,
  ContentTypeView,
  EntryItem,
  JobTypeView,
  PromptView,
  QueueView,
} from '../../server/src/contracts';
import type { AdminClient, ErrorBody } from '../bookshop/admin-client';
import type { Bookshop } from '../bookshop/bookshop';
import { lookInto } from '../bookshop/database';
import { CHAPTER, fillBody, POST, runJob, type Shelf } from '../bookshop/fill-jobs';
import { entryRights, hire, pluginRights } from '../bookshop/people';
import { useShop } from '../bookshop/use-shop';
import type { FakeOpenAi } from '../fakes/openai-server';
import { waitFor } from '../wait-for';

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let administrator: AdminClient;
let posts: Shelf;

useShop((open) => ({ shop, ai, editor, administrator, posts } = open));

const save = (body: Record<string, unknown>): Promise<PromptView> =>
  editor.data('POST', '/ai-jobs/prompts', { contentType: POST, template: 'About {{ title }}', ...body });
const read = (id: string): Promise<PromptView> => editor.data('GET', `/ai-jobs/prompts/${id}`);

/** What saving a prompt needs of a saved one. */
const bodyOf = ({ name, contentType, template, systemMessage, outputs, html, language }: PromptView) => ({
  name,
  contentType,
  template,
  systemMessage,
  outputs,
  html,
  language,
});

describe('prompts', () => {
  test('are made, read, listed, searched, changed and deleted', async () => {
    const made = await save({
      name: 'Meta for the tests',
      systemMessage: 'Be brief.',
      outputs: [{ field: 'metaTitle', maxLength: 60 }],
      provider: 'openai',
      model: 'gpt-test',
      language: 'en',
    });
    expect(made).toMatchObject({
      name: 'Meta for the tests',
      contentTypeLabel: 'Post',
      version: 1,
      usedBy: 0,
      outputs: [{ field: 'metaTitle', maxLength: 60 }],
      createdBy: { id: editor.person.id },
    });
    expect(await read(made.id)).toEqual(made);
    const listed = await editor.request<{ data: PromptView[]; meta: { pagination: { total: number } } }>(
      'GET',
      `/ai-jobs/prompts?search=${encodeURIComponent('FOR THE TESTS')}&contentType=${POST}`
    );
    expect(listed.body.data).toEqual([made]);
    expect(listed.body.meta.pagination.total).toBe(1);
    const other = await editor.request<{ data: PromptView[] }>(
      'GET',
      `/ai-jobs/prompts?contentType=${CHAPTER}`
    );
    expect(other.body.data.every(({ contentType }) => contentType === CHAPTER)).toBe(true);
    expect(other.body.data.length).toBeGreaterThan(0);
    const changed = await editor.data<PromptView>('PUT', `/ai-jobs/prompts/${made.id}`, {
      ...bodyOf(made),
      template: 'All about {{ title }}',
    });
    expect(changed).toMatchObject({ template: 'All about {{ title }}', version: 2 });
    expect((await editor.request('DELETE', `/ai-jobs/prompts/${made.id}`)).status).toBe(204);
    expect((await editor.request('GET', `/ai-jobs/prompts/${made.id}`)).status).toBe(404);
    const gone = await editor.request<ErrorBody>('PUT', `/ai-jobs/prompts/${made.id}`, bodyOf(made));
    expect(gone.status).toBe(404);
    expect(gone.body.error.message).toMatch(/does not exist any more/);
  });

  test('the version rises with what reaches the model, and with nothing else', async () => {
    let prompt = await save({ name: 'Versions', outputs: [{ field: 'metaTitle' }] });
    const change = async (part: Record<string, unknown>): Promise<number> => {
      prompt = await editor.data('PUT', `/ai-jobs/prompts/${prompt.id}`, { ...bodyOf(prompt), ...part });
      return prompt.version;
    };
    expect(await change({})).toBe(1);
    expect(await change({ name: 'Renamed' })).toBe(1);
    expect(await change({ language: 'vi' })).toBe(1);
    expect(await change({ provider: 'openai', model: 'gpt-5' })).toBe(1);
    expect(await change({ template: 'New: {{ title }}' })).toBe(2);
    expect(await change({ systemMessage: 'New' })).toBe(3);
    expect(await change({ outputs: [{ field: 'metaTitle', maxLength: 50 }] })).toBe(4);
    expect(await change({ html: true })).toBe(5);
    expect(await change({ html: true })).toBe(5);
  });

  test('jobs keep the text they were made with', async () => {
    const prompt = await save({ name: 'Kept', template: 'Before: {{ title }}' });
    const job = await editor.createJob(
      fillBody(
        { contentType: POST, documentIds: posts.ids(1) },
        { prompt: undefined, promptId: prompt.id },
        { startAt: new Date(Date.now() + 2_000).toISOString() }
      )
    );
    await editor.data('PUT', `/ai-jobs/prompts/${prompt.id}`, {
      ...bodyOf(prompt),
      template: 'After: {{ title }}',
    });
    expect((await read(prompt.id)).usedBy).toBe(1);
    expect((await editor.request('DELETE', `/ai-jobs/prompts/${prompt.id}`)).status).toBe(204);
    const ended = await editor.ends(job.id);
    expect(ended.counts.completed).toBe(1);
    expect(JSON.stringify(ai.lastRequest?.body.messages)).toContain('Before: ');
  });

  test('what is wrong with one is said, and it is not saved', async () => {
    const wrong: [Record<string, unknown>, string, RegExp][] = [
      [{ template: '{{ titel }}' }, 'template', /“titel”.*“title”/],
      [{ template: '{% if title %}' }, 'template', /not closed/],
      [{ template: '   ' }, 'template', /empty/],
      [{ contentType: 'api::pots.post' }, 'contentType', /“api::pots.post”.*“api::post.post”/],
      [{ outputs: [{ field: 'metaTitel' }] }, 'outputs.0.field', /“metaTitel”.*“metaTitle”/],
      [{ outputs: [{ field: 'chapter' }] }, 'outputs.0.field', /“chapter”/],
      [{ name: '' }, 'name', /name/],
    ];
    const count = async (): Promise<number> =>
      (await editor.request<{ meta: { pagination: { total: number } } }>('GET', '/ai-jobs/prompts')).body.meta
        .pagination.total;
    const before = await count();
    for (const [part, path, sentence] of wrong) {
      const answer = await editor.request<ErrorBody>('POST', '/ai-jobs/prompts', {
        name: 'Wrong',
        contentType: POST,
        template: '{{ title }}',
        ...part,
      });
      expect(answer.status).toBe(400);
      expect(answer.body.error.details?.errors?.map((problem) => problem.path.join('.'))).toContain(path);
      expect(answer.body.error.message).toMatch(sentence);
    }
    expect(await count()).toBe(before);
  });

  test('a check finds faults with their place, and shows what a prompt becomes', async () => {
    const check = (body: Record<string, unknown>): Promise<CheckPromptResponse['data']> =>
      editor.data('POST', '/ai-jobs/prompts/check', { contentType: POST, ...body });
    const faults = await check({ template: 'One\n  {{ titel }} and {{ chapter }}' });
    expect(faults.rendered).toBeNull();
    expect(faults.problems).toMatchObject([
      { line: 2, placeholder: 'titel', nearest: 'title' },
      { line: 2, placeholder: 'chapter', nearest: 'chapter.name' },
    ]);
    const [entry] = posts.take(1);
    const documentId = entry?.documentId ?? '';
    const shown = await check({
      template: '{{ title | upcase }} {% if metaTitle %}yes{% else %}no{% endif %} {{ locale }}',
      documentId,
      locale: 'en',
    });
    expect(shown.problems).toEqual([]);
    expect(shown.rendered).toBe(`${entry?.title?.toUpperCase() ?? ''} ${entry?.metaTitle ? 'yes' : 'no'} en`);
    const missing = await editor.request<ErrorBody>('POST', '/ai-jobs/prompts/check', {
      contentType: POST,
      template: '{{ title }}',
      documentId: 'nothing',
    });
    expect(missing.status).toBe(404);
    expect(ai.calls).toBe(0);
  });

  test('a preview of an entry that a condition hides is not given', async () => {
    const [documentId = ''] = posts.ids(1);
    const { client } = await hire(administrator, [
      ...pluginRights('prompts.manage'),
      ...entryRights(POST, ['read'], ['title'], { conditions: ['admin::is-creator'] }),
    ]);
    const answer = await client.request('POST', '/ai-jobs/prompts/check', {
      contentType: POST,
      template: '{{ title }}',
      documentId,
      locale: 'en',
    });
    expect([403, 404]).toContain(answer.status);
  });
});

describe('what the pages ask for', () => {
  test('the queue: its backend, its workers, whether anything drains it', async () => {
    await runJob(editor, posts.ids(1));
    const state = (): Promise<QueueView> => editor.data('GET', '/ai-jobs/queue');
    await waitFor(async () => (await state()).draining, {
      what: 'a worker to say that it lives',
      timeoutMs: 20_000,
    });
    const queue = await state();
    expect(queue).toMatchObject({
      backend: 'embedded',
      chosenBecause: 'nothing_else',
      state: 'ready',
      error: null,
      reason: null,
      active: 0,
    });
    expect(queue.workers).toHaveLength(1);
    expect(queue.workers[0]).toMatchObject({ pid: shop.pid });
  });

  test('kinds of work with a schema of their settings', async () => {
    const types = await editor.data<JobTypeView[]>('GET', '/ai-jobs/job-types');
    expect(types.map(({ name, startable }) => [name, startable])).toEqual([
      ['fill-fields', true],
      ['undo', false],
      ['publish-items', false],
    ]);
    expect(types[0]?.settingsSchema).toMatchObject({
      type: 'object',
      required: expect.any(Array) as unknown,
    });
  });

  test('content types: fields, how many entries lack each, placeholders with their aliases', async () => {
    const types = await editor.data<ContentTypeView[]>('GET', '/ai-jobs/content-types');
    expect(types.map(({ uid }) => uid).sort()).toEqual(
      ['about-shop', 'book-group', 'book', 'category', 'chapter', 'post'].map(
        (name) => `api::${name}.${name}`
      )
    );
    expect(types.filter(({ singleType }) => singleType)).toMatchObject([
      { uid: 'api::about-shop.about-shop', total: 1, label: 'About the shop', pluralLabel: 'About the shop' },
    ]);
    const post = types.find(({ uid }) => uid === POST);
    const [counted] = lookInto<{ total: number; empty: number }>(
      shop,
      `select count(*) as total, sum(case when meta_title is null or meta_title = '' then 1 else 0 end) as empty
       from posts where locale = 'en' and published_at is null`
    );
    const field = (path: string) => post?.fields.find((candidate) => candidate.path === path);
    expect(post).toMatchObject({
      total: counted?.total,
      localized: true,
      locales: ['en', 'vi'],
      defaultLocale: 'en',
      draftAndPublish: true,
      mayPublish: true,
    });
    expect(field('metaTitle')).toMatchObject({ kind: 'string', maxLength: 70, empty: counted?.empty });
    expect(field('level')).toMatchObject({ options: ['beginner', 'intermediate', 'advanced'] });
    expect(field('chapter')).toBeUndefined();
    expect(post?.placeholders.find(({ path }) => path === 'chapter.book.name')?.alias).toBe('book_name');
    expect(post?.placeholders.find(({ path }) => path === 'chapter.book.group.name')?.alias).toBe(
      'group_name'
    );
  });

  test('an entry’s own history, the newest first', async () => {
    const [documentId = ''] = posts.ids(1);
    const first = await runJob(editor, [documentId], {}, { title: 'The first' });
    const second = await runJob(editor, [documentId], {}, { title: 'The second' });
    const items = await editor.data<EntryItem[]>('GET', `/ai-jobs/entries/${POST}/${documentId}?locale=en`);
    expect(items).toMatchObject([
      { jobId: second.id, jobTitle: 'The second', jobType: 'fill-fields', status: 'completed' },
      { jobId: first.id, jobTitle: 'The first' },
    ]);
    expect(items[0]?.values.metaTitle?.written).toBeTruthy();
    expect(await editor.data('GET', `/ai-jobs/entries/${POST}/${documentId}?locale=vi`)).toEqual([]);
  });
});
