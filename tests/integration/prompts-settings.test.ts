import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  CheckPromptResponse,
  ContentTypeView,
  EntryItem,
  JobTypeView,
  PromptView,
  QueueView,
  SettingsView,
  TestProviderResponse,
} from '../../server/src/contracts';
import type { AdminClient, ErrorBody } from '../bookshop/admin-client';
import { freePort, startBookshop, type Bookshop } from '../bookshop/bookshop';
import { lookInto } from '../bookshop/database';
import { CHAPTER, fillBody, POST, QUICK, runJob, Shelf } from '../bookshop/fill-jobs';
import { entryRights, hire, pluginRights } from '../bookshop/people';
import { error, ok, openAiError, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';
import { waitFor } from '../wait-for';

const PLANTED_KEY = 'sk-planted-in-settings-0123456789-WXYZ';

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let administrator: AdminClient;
let posts: Shelf;

beforeAll(async () => {
  ai = await startOpenAiServer();
  shop = await startBookshop({
    config: { ...QUICK, providers: { deepseek: { apiKey: 'sk-of-the-configuration', baseUrl: ai.url } } },
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  editor = await shop.editor();
  administrator = await shop.admin();
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

const save = (body: Record<string, unknown>): Promise<PromptView> =>
  editor.data('POST', '/ai-jobs/prompts', { contentType: POST, template: 'About {{ title }}', ...body });
const read = (id: string): Promise<PromptView> => editor.data('GET', `/ai-jobs/prompts/${id}`);
const settings = (): Promise<SettingsView> => administrator.data('GET', '/ai-jobs/settings');
const set = (change: unknown): Promise<SettingsView> =>
  administrator.data('PUT', '/ai-jobs/settings', change);

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

describe('settings', () => {
  test('show what is in force and where it comes from', async () => {
    const view = await settings();
    expect(view).toMatchObject({
      canStoreKeys: true,
      defaults: { mode: 'apply' },
      limits: { attempts: 3, timeoutSeconds: 5, concurrency: 10, backoffSeconds: [1] },
    });
    const provider = (name: string) => view.providers.find((candidate) => candidate.name === name);
    expect(provider('openai')).toMatchObject({
      ready: true,
      keySource: 'environment',
      keyLastFour: '1234',
      baseUrl: ai.url,
      baseUrlSource: 'environment',
    });
    expect(provider('deepseek')).toMatchObject({ ready: true, keySource: 'configuration' });
    expect(provider('xai')).toMatchObject({
      ready: false,
      keySource: 'none',
      keyLastFour: null,
      reason: { code: 'key_missing' },
      baseUrlSource: 'default',
    });
    expect(provider('openai-compatible')).toMatchObject({
      ready: false,
      baseUrl: null,
      reason: { code: 'address_missing' },
    });
  });

  test('a provider that needs no key is said to answer only where it does; one with a key is not asked', async () => {
    const closed = `http://127.0.0.1:${await freePort()}/v1`;
    const changed = await set({
      providers: { lmstudio: { baseUrl: ai.url }, ollama: { baseUrl: closed } },
    });
    const answers = Object.fromEntries(changed.providers.map(({ name, answers }) => [name, answers]));
    expect(answers).toMatchObject({ lmstudio: true, ollama: false, openai: null, xai: null });
    const began = Date.now();
    await settings();
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(ai.calls).toBe(0);
    await set({ providers: { lmstudio: { baseUrl: null }, ollama: { baseUrl: null } } });
  });

  test('a missing key is told in words that fit where it is shown', async () => {
    const xai = (await settings()).providers.find(({ name }) => name === 'xai');
    expect(xai?.reason?.message).toBe('There is no key for xAI. Add it in Settings → AI Jobs → Providers.');
  });

  test('a key is stored encrypted, comes back as its last four characters, and is used', async () => {
    const changed = await set({ providers: { gemini: { apiKey: PLANTED_KEY, baseUrl: ai.url } } });
    const provider = changed.providers.find(({ name }) => name === 'gemini');
    expect(provider).toMatchObject({ ready: true, keySource: 'settings', keyLastFour: 'WXYZ' });
    expect(JSON.stringify(changed)).not.toContain('planted');
    const rows = lookInto<{ value: string }>(
      shop,
      "select value from strapi_core_store_settings where key like '%ai-jobs%'"
    );
    expect(rows.map(({ value }) => value).join()).toContain('gemini');
    expect(rows.map(({ value }) => value).join()).not.toContain('planted');
    const tested = await administrator.data<TestProviderResponse['data']>(
      'POST',
      '/ai-jobs/providers/gemini/test',
      { model: 'gemini-test' }
    );
    expect(tested).toMatchObject({ ok: true, model: 'gemini-test', error: null });
    expect(ai.lastRequest?.headers.authorization).toBe(`Bearer ${PLANTED_KEY}`);
    // What is not named stays; null clears.
    const limited = await set({ providers: { gemini: { maxParallel: 3, requestsPerMinute: 30 } } });
    expect(limited.providers.find(({ name }) => name === 'gemini')).toMatchObject({
      keyLastFour: 'WXYZ',
      baseUrl: ai.url,
      maxParallel: 3,
      requestsPerMinute: 30,
    });
    const cleared = await set({ providers: { gemini: { apiKey: null, baseUrl: null } } });
    expect(cleared.providers.find(({ name }) => name === 'gemini')).toMatchObject({
      ready: false,
      keySource: 'none',
      keyLastFour: null,
      baseUrlSource: 'default',
      maxParallel: 3,
    });
  });

  test('defaults and system messages are used by the next job', async () => {
    await set({
      defaults: { temperature: 0.2, maxTokens: 321 },
      systemMessages: { [POST]: 'The house’s own words for posts.' },
    });
    const [type] = (await editor.data<ContentTypeView[]>('GET', '/ai-jobs/content-types')).filter(
      ({ uid }) => uid === POST
    );
    expect(type?.defaultSystemMessage).toBe('The house’s own words for posts.');
    await runJob(editor, posts.ids(1));
    expect(ai.lastRequest?.body).toMatchObject({ temperature: 0.2, max_completion_tokens: 321 });
    expect(JSON.stringify(ai.lastRequest?.body.messages)).toContain('own words for posts');
    const back = await set({
      defaults: { temperature: null, maxTokens: null },
      systemMessages: { [POST]: null },
    });
    expect(back).toMatchObject({ defaults: { temperature: null, maxTokens: null }, systemMessages: {} });
    await runJob(editor, posts.ids(1));
    expect(ai.lastRequest?.body).not.toHaveProperty('temperature');
  });

  test('limits hold at once: never more calls in parallel than the provider may take', async () => {
    await set({ providers: { openai: { maxParallel: 2 } }, limits: { attempts: 2 } });
    ai.setLatency(60);
    const job = await runJob(editor, posts.ids(10));
    ai.setLatency(0);
    expect(job.counts.completed).toBe(10);
    expect(ai.maxActive).toBeLessThanOrEqual(2);
    ai.reset();
    ai.respond(() => error(500));
    const failing = await runJob(editor, posts.ids(1));
    expect(failing.counts.failed).toBe(1);
    expect(ai.calls).toBe(2);
    const view = await set({ providers: { openai: { maxParallel: null } }, limits: { attempts: null } });
    expect(view.limits.attempts).toBe(3);
  });

  test('what cannot be set is refused whole', async () => {
    const before = await settings();
    const wrong: [unknown, RegExp, string?][] = [
      [{ providers: { opneai: { apiKey: 'x' } } }, /“opneai”.*“openai”/, 'providers.opneai'],
      [{ providers: { openai: { baseUrl: 'ftp://example.com' } } }, /baseUrl.*http:\/\/ or https:\/\//],
      [{ providers: { openai: { baseUrl: 'https://user:secret@example.com' } } }, /no user name, password/],
      [{ providers: { openai: { key: 'x' } } }, /key/],
      [{ limits: { concurrency: 0 }, defaults: { maxTokens: 5 } }, /limits.concurrency/],
      [{ limits: { backoffSeconds: [] } }, /backoffSeconds/],
      [{ retention: { deleteJobsAfterDays: 0 } }, /deleteJobsAfterDays/],
      [{ defaults: { provider: 'opneai' } }, /“opneai”.*“openai”/, 'defaults.provider'],
      [{ colour: 'red' }, /colour/],
    ];
    for (const [change, sentence, path] of wrong) {
      const answer = await administrator.request<ErrorBody>('PUT', '/ai-jobs/settings', change);
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toMatch(sentence);
      if (path) expect(answer.body.error.details).toMatchObject({ errors: [{ path: path.split('.') }] });
    }
    expect(await settings()).toEqual(before);
  });
});

describe('providers', () => {
  test('a test of the connection says what is wrong in words', async () => {
    const tryOut = (name: string, body: unknown = {}): Promise<TestProviderResponse['data']> =>
      administrator.data('POST', `/ai-jobs/providers/${name}/test`, body);
    ai.requireKey('sk-another');
    expect(await tryOut('openai')).toMatchObject({
      ok: false,
      error: { code: 'key_refused', message: expect.stringContaining('OpenAI') as string },
    });
    ai.requireKey(null);
    ai.respond(() => error(404, openAiError('No such model.', 'x', 'model_not_found')));
    expect(await tryOut('openai', { model: 'gpt-none' })).toMatchObject({
      ok: false,
      model: 'gpt-none',
      error: { code: 'model_not_found', message: expect.stringContaining('gpt-none') as string },
    });
    expect(await tryOut('xai')).toMatchObject({ ok: false, error: { code: 'key_missing' } });
    ai.respond(() => ok('ready'));
    const good = await tryOut('openai');
    expect(good).toMatchObject({ ok: true, answer: 'ready', error: null });
    expect(good.latencyMs).toBeGreaterThanOrEqual(0);
  });

  test('each call of a test leaves a usage record, one that was refused in its first form too', async () => {
    const before = lookInto<{ id: number }>(shop, 'select coalesce(max(id), 0) as id from ai_jobs_usages');
    ai.respond((request) =>
      'max_completion_tokens' in request.body
        ? error(
            400,
            openAiError(
              "Unsupported parameter: 'max_completion_tokens' is not supported with this model.",
              'invalid_request_error',
              'unsupported_parameter'
            )
          )
        : ok('ready', { usage: { input: 12, output: 3 } })
    );
    const tested = await administrator.data<TestProviderResponse['data']>(
      'POST',
      '/ai-jobs/providers/openai/test',
      { model: 'gpt-old' }
    );
    expect(tested).toMatchObject({ ok: true, answer: 'ready' });
    expect(
      lookInto(
        shop,
        `select purpose, provider, model, outcome, input_tokens, output_tokens, person_id, job_id, item_id
         from ai_jobs_usages where id > ? order by id`,
        before[0]?.id
      )
    ).toEqual(
      [
        { outcome: 'form_refused', input_tokens: 0, output_tokens: 0 },
        { outcome: 'ok', input_tokens: 12, output_tokens: 3 },
      ].map((call) => ({
        purpose: 'test',
        provider: 'openai',
        model: 'gpt-old',
        person_id: administrator.person.id,
        job_id: null,
        item_id: null,
        ...call,
      }))
    );
  });

  test('models are listed; a provider that does not answer is told, not a crash', async () => {
    ai.setModels(['gpt-b', 'gpt-a']);
    expect(await editor.data('GET', '/ai-jobs/providers/openai/models')).toEqual([
      { id: 'gpt-a', label: 'gpt-a' },
      { id: 'gpt-b', label: 'gpt-b' },
    ]);
    ai.respondModels(() => error(500));
    const broken = await editor.request<ErrorBody>('GET', '/ai-jobs/providers/openai/models');
    expect(broken.status).toBe(400);
    expect(broken.body.error.details?.code).toBe('provider_unavailable');
    ai.respondModels(null);
    const missing = await editor.request<ErrorBody>('GET', '/ai-jobs/providers/xai/models');
    expect(missing.status).toBe(400);
    expect(missing.body.error.message).toMatch(/no key for xAI/);
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
