import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  CheckPromptResponse,
  ItemDetail,
  SampleResponse,
  TestProviderResponse,
} from '../../../server/src/contracts';
import type { AdminClient, ErrorBody } from '../../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../../bookshop/bookshop';
import { fillBody, POST, QUICK, runJob, Shelf } from '../../bookshop/fill-jobs';
import { ok, raw, startOpenAiServer, type FakeOpenAi } from '../../fakes/openai-server';

const HOSTILE_TITLE =
  '=cmd|" /C calc"!A0 <script>window.__pwned=1</script> {{ body }} {% for i in (1..9) %}x{% endfor %}';

let shop: Bookshop;
let ai: FakeOpenAi;
let elsewhere: FakeOpenAi;
let administrator: AdminClient;
let posts: Shelf;

beforeAll(async () => {
  ai = await startOpenAiServer();
  elsewhere = await startOpenAiServer();
  shop = await startBookshop({
    config: { ...QUICK, jobTypes: { 'fill-fields': { attempts: 1, timeoutSeconds: 20 } } },
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  administrator = await shop.admin();
  posts = await Shelf.of(administrator, POST);
});

afterAll(async () => {
  await shop?.remove();
  await ai?.close();
  await elsewhere?.close();
});

beforeEach(() => {
  ai.respond(null);
  ai.reset();
});

const makePost = async (fields: Record<string, unknown>): Promise<string> => {
  const place = `/content-manager/collection-types/${POST}?locale=en`;
  return (await administrator.data<{ documentId: string }>('POST', place, fields)).documentId;
};

describe('texts from outside', () => {
  test('what stands in an entry is never taken for a template, and is shown as it is', async () => {
    const documentId = await makePost({ title: HOSTILE_TITLE, body: 'The secret body' });
    const words = '=HYPERLINK("http://example.com") {{ title }}';
    ai.respond(() => ok({ metaTitle: words }));
    const job = await runJob(administrator, [documentId]);
    expect(job.counts.completed).toBe(1);
    const sent = JSON.stringify(ai.lastRequest?.body.messages);
    expect(sent).toContain(JSON.stringify(`Title: ${HOSTILE_TITLE}`).slice(1, -1));
    expect(sent).not.toContain('The secret body');
    const [item] = await administrator.items(job.id);
    expect(item?.label).toBe(HOSTILE_TITLE);
    expect(await administrator.entry(POST, documentId, '?locale=en')).toMatchObject({ metaTitle: words });
  });

  test('a reply of more than 10 MB is refused with its reason', async () => {
    ai.respond(() => ok({ metaTitle: 'x'.repeat(11 * 1024 * 1024) }));
    const job = await runJob(administrator, posts.ids(1));
    expect(job.errorGroups.map(({ error }) => error.message).join()).toMatch(/larger than 10 MB/);
    expect(job.errorGroups[0]?.error.code).toBe('provider_bad_reply');
  });

  test('a reply of nearly 10 MB is stored whole, and shown whole to whoever asks for it', async () => {
    const body = `=cmd {{ title }} ${'dài '.repeat(1_700_000)}`.trim();
    ai.respond(() => ok({ body }));
    const documentIds = posts.ids(1);
    const job = await runJob(administrator, documentIds, {
      outputs: [{ field: 'body', overwrite: 'always' }],
    });
    expect(job.counts, JSON.stringify(job.errorGroups)).toMatchObject({ completed: 1 });
    const written = (await administrator.entry(POST, documentIds[0] ?? '', '?locale=en')).body as string;
    expect(written.length).toBe(body.length);
    // Compared here: a difference of millions of characters is nothing to print.
    expect(written === body).toBe(true);
    const [short] = await administrator.items(job.id);
    expect(JSON.stringify(short).length).toBeLessThan(100_000);
    const place = `/ai-jobs/jobs/${job.id}/items/${short?.id ?? 0}`;
    const { values } = await administrator.data<ItemDetail>('GET', place);
    expect(values.body?.written === written).toBe(true);
  });

  test('an entry that makes the prompt too long fails alone, with its reason', async () => {
    const body = 'x'.repeat(800_000);
    const documentId = await makePost({ title: 'Long', body });
    const job = await runJob(administrator, [documentId, ...posts.ids(1)], {
      prompt: '{{ title }} {{ body }} {{ body }} {{ body }}',
    });
    expect(job.counts).toMatchObject({ failed: 1, completed: 1 });
    expect(job.errorGroups[0]?.error.message).toMatch(/characters; at most 2000000/);
  });
});

describe('templates', () => {
  const unreachable = [
    '{{ title.constructor }}',
    '{{ title.__proto__.constructor }}',
    '{{ __proto__ }}',
    '{{ process.env.OPENAI_API_KEY }}',
    '{% include "/etc/passwd" %}',
    '{% render "../package.json" %}',
    '{% layout "x" %}',
    '{{ title | no_such_filter }}',
  ];
  test.each(unreachable)('%s is refused when it is saved, tried and used', async (template) => {
    const documentIds = posts.ids(1);
    const prompt = { name: 'Reaches out', contentType: POST, template };
    const body = fillBody({ contentType: POST, documentIds }, { prompt: template });
    const requests: [string, unknown][] = [
      ['/ai-jobs/prompts', prompt],
      ['/ai-jobs/jobs/sample', body],
      ['/ai-jobs/jobs', body],
    ];
    for (const [place, sent] of requests) {
      const answer = await administrator.request<ErrorBody>('POST', place, sent);
      expect(`${place} ${answer.status}`).toBe(`${place} 400`);
      expect(answer.body.error.message.length).toBeGreaterThan(20);
    }
    expect(ai.calls).toBe(0);
  });

  const endless: [string, string, RegExp][] = [
    ['a long loop', '{% for i in (1..100000000) %}x{% endfor %}', /too much memory/],
    [
      'loops in loops',
      '{% for i in (1..3000) %}{% for j in (1..3000) %}{% endfor %}{% endfor %}',
      /longer than 500 ms|memory/,
    ],
    [
      'a text that doubles',
      '{% assign s = title %}{% for i in (1..99) %}{% assign s = s | append: s %}{% endfor %}',
      /memory/,
    ],
    [
      'thousands of filters in one place',
      `{% assign s = "${'a'.repeat(64)}" %}${'{% assign s = s | append: s %}'.repeat(14)}{{ s${' | slugify'.repeat(4_000)} }}`,
      /longer than 500 ms|memory/,
    ],
  ];
  test.each(endless)('%s is stopped while it is filled in', async (_name, prompt, words) => {
    const startedAt = Date.now();
    const [documentId = ''] = posts.ids(1);
    const selection = { contentType: POST, documentIds: [documentId] };
    const checked = administrator.data<CheckPromptResponse['data']>('POST', '/ai-jobs/prompts/check', {
      contentType: POST,
      template: prompt,
      documentId,
      locale: 'en',
    });
    expect((await checked).problems.map(({ message }) => message).join()).toMatch(words);
    const sampled = administrator.data<SampleResponse['data']>(
      'POST',
      '/ai-jobs/jobs/sample',
      fillBody(selection, { prompt })
    );
    expect((await sampled).entries[0]?.error).toMatchObject({ code: 'prompt_failed' });
    const job = await runJob(administrator, [documentId], { prompt });
    expect(job.errorGroups[0]?.error.message).toMatch(words);
    expect(ai.calls).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(20_000);
  });
});

describe('addresses of providers', () => {
  test.each([
    'file:///etc/passwd',
    'ftp://example.com/v1',
    'gopher://example.com',
    'javascript:alert(1)',
    'data:text/plain,x',
    'https://someone:planted-password@example.com/v1',
    'https://example.com/v1?key=planted-password',
    'https://example.com/v1#planted-password',
    'https://example.com/v1?',
    '//example.com',
    'not an address',
  ])('%s is refused, and not repeated', async (baseUrl) => {
    const answer = await administrator.request<ErrorBody>('PUT', '/ai-jobs/settings', {
      providers: { 'openai-compatible': { baseUrl } },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details?.errors).toMatchObject([
      { path: ['providers', 'openai-compatible', 'baseUrl'], code: 'address_malformed' },
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('planted-password');
    expect(JSON.stringify(await administrator.data('GET', '/ai-jobs/settings'))).not.toContain(baseUrl);
  });

  test.each([301, 302, 303, 307, 308])(
    'a redirect with %i does not take the key elsewhere',
    async (status) => {
      elsewhere.reset();
      ai.respond(() => raw(status, { location: `${elsewhere.url}/chat/completions` }, ''));
      const tested = await administrator.data<TestProviderResponse['data']>(
        'POST',
        '/ai-jobs/providers/openai/test',
        { model: 'x' }
      );
      expect(tested).toMatchObject({ ok: false, error: { code: 'provider_bad_reply' } });
      expect(tested.error?.message).toMatch(/redirects to/);
      expect(elsewhere.calls).toBe(0);

      const askedFor: unknown[] = [];
      elsewhere.respondModels((request) => {
        askedFor.push(request.headers.authorization);
        return raw(200, { 'content-type': 'application/json' }, '{"object":"list","data":[]}');
      });
      ai.respondModels(() => raw(status, { location: `${elsewhere.url}/models` }, ''));
      const listed = await administrator.request<ErrorBody>('GET', '/ai-jobs/providers/openai/models');
      ai.respondModels(null);
      expect(listed.status).toBe(400);
      expect(listed.body.error.message).toMatch(/redirects to/);
      expect(askedFor).toEqual([]);
    }
  );
});
