import { describe, expect, test } from 'vitest';
import type { ContentTypeView, SettingsView, TestProviderResponse } from '../../server/src/contracts';
import type { AdminClient, ErrorBody } from '../bookshop/admin-client';
import { freePort, type Bookshop } from '../bookshop/bookshop';
import { lookInto } from '../bookshop/database';
import { POST, runJob, type Shelf } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import { error, ok, openAiError, type FakeOpenAi } from '../fakes/openai-server';

const PLANTED_KEY = 'sk-planted-in-settings-0123456789-WXYZ';

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let administrator: AdminClient;
let posts: Shelf;

useShop(
  (open) => ({ shop, ai, editor, administrator, posts } = open),
  ({ url }) => ({
    config: { providers: { deepseek: { apiKey: 'sk-of-the-configuration', baseUrl: url } } },
  })
);

const settings = (): Promise<SettingsView> => administrator.data('GET', '/ai-jobs/settings');
const set = (change: unknown): Promise<SettingsView> =>
  administrator.data('PUT', '/ai-jobs/settings', change);

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
