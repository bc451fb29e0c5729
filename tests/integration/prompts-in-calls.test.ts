import { describe, expect, test } from 'vitest';
import type { PromptView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { CHAPTER, fillBody, POST, runJob, type Shelf } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import {
  error,
  ok,
  openAiError,
  type FakeOpenAi,
  messagesOf,
  systemText,
  userText,
} from '../fakes/openai-server';

let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

useShop((open) => ({ ai, editor, posts } = open));

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
