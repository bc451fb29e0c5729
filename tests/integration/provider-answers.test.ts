import { describe, expect, test } from 'vitest';
import type { ItemDetail } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { fillBody, POST, type Shelf, runOnPost } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import { error, halfJsonText, ok, openAiError, refusal, type FakeOpenAi } from '../fakes/openai-server';

let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

useShop(
  (open) => ({ ai, editor, posts } = open),
  () => ({
    config: {
      jobTypes: {
        'fill-fields': { backoffSeconds: [1], attempts: 3, timeoutSeconds: 2, concurrency: 10 },
      },
    },
  })
);

const runOne = (settings: Record<string, unknown> = {}) => runOnPost(editor, posts.ids(1)[0] ?? '', settings);

const start = (count: number, settings: Record<string, unknown> = {}) =>
  editor.createJob(fillBody({ contentType: POST, documentIds: posts.ids(count) }, settings));

describe('answers', () => {
  /** Fails at once, after so many calls: another try of the same would not help. */
  async function failsWith(
    code: string,
    calls: number,
    settings: Record<string, unknown> = {}
  ): Promise<ItemDetail> {
    const { item, before, entry } = await runOne(settings);
    expect(item).toMatchObject({ status: 'failed', attempts: 1, error: { code } });
    expect(ai.calls).toBe(calls);
    expect(item.error?.message.length).toBeGreaterThan(20);
    expect(entry).toEqual(before);
    return item;
  }

  test('400: the request is not accepted', async () => {
    ai.respond(() => error(400, openAiError('The input is too odd.', 'invalid_request_error', null)));
    const item = await failsWith('provider_bad_request', 1);
    expect(item.error?.message).toContain('The input is too odd.');
  });

  test('a refusal, with the words of the model', async () => {
    ai.respond(() => refusal('I will not write about this.'));
    const item = await failsWith('answer_refused', 1);
    expect(item.error?.message).toContain('I will not write about this.');
    expect(item.calls[0]?.outcome).toBe('answer_refused');
  });

  test('withheld and cut off', async () => {
    ai.respond(() => ok('', { finishReason: 'content_filter' }));
    await failsWith('answer_filtered', 1);
    ai.reset();
    ai.respond(() => ok('{"metaTitle": "A ti', { finishReason: 'length' }));
    await failsWith('answer_cut_off', 1);
    ai.reset();
    const item = await failsWith('answer_truncated', 1, { maxTokens: 12 });
    expect(item.error?.message).toMatch(/cut off at 12 tokens/);
  });

  test('half a JSON: repaired, or failed', async () => {
    ai.respond((_request, index) => (index === 0 ? halfJsonText() : ok({ metaTitle: 'Whole' })));
    const { item, entry } = await runOne();
    expect(item).toMatchObject({ status: 'completed', attempts: 1 });
    expect(ai.calls).toBe(2);
    expect(entry.metaTitle).toBe('Whole');
    ai.reset();
    ai.respond(() => halfJsonText());
    await failsWith('answer_not_json', 2);
  });

  test('the wrong JSON: repaired, or failed', async () => {
    ai.respond((_request, index) => ok(index === 0 ? { colour: 'red' } : { metaTitle: 'Right' }));
    const { entry } = await runOne();
    expect(entry.metaTitle).toBe('Right');
    expect(ai.calls).toBe(2);
    ai.reset();
    ai.respond(() => ok({ colour: 'red' }));
    await failsWith('answer_invalid', 2);
  });

  test('JSON in prose is accepted', async () => {
    ai.respond(() => ok('Of course! Here it is:\n```json\n{"metaTitle": "From prose"}\n```\nAnything else?'));
    const { entry } = await runOne();
    expect(entry.metaTitle).toBe('From prose');
    expect(ai.calls).toBe(1);
  });

  test('a text over maxLength: repaired, or failed with its lengths', async () => {
    ai.respond((_request, index) => ok({ metaTitle: index === 0 ? 'x'.repeat(71) : 'x'.repeat(70) }));
    const { entry } = await runOne();
    expect(entry.metaTitle).toBe('x'.repeat(70));
    expect(ai.calls).toBe(2);
    ai.reset();
    ai.respond(() => ok({ metaTitle: 'x'.repeat(71) }));
    const item = await failsWith('answer_too_long', 2);
    expect(item.error?.params).toMatchObject({ field: 'metaTitle', length: 71, maxLength: 70 });
  });

  test('an empty answer, and an empty value', async () => {
    ai.respond(() => ok(''));
    await failsWith('answer_empty', 2);
    ai.reset();
    ai.respond(() => ok({ metaTitle: '  ' }));
    await failsWith('answer_empty', 2);
  });

  test('a script tag is stored harmlessly, whatever the field', async () => {
    const nasty =
      'Hello <script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) world';
    ai.respond(() =>
      ok({
        metaTitle: nasty,
        excerpt: nasty,
        body: nasty,
        summary: nasty,
        seo__metaTitle: nasty.slice(0, 60),
      })
    );
    for (const html of [false, true]) {
      const { item, entry } = await runOne({
        html,
        outputs: [
          { field: 'metaTitle' },
          { field: 'excerpt' },
          { field: 'body' },
          { field: 'summary' },
          { field: 'seo.metaTitle' },
        ],
      });
      expect(item.status).toBe('completed');
      const { metaTitle, excerpt, body, summary, seo } = entry;
      const stored = JSON.stringify({ metaTitle, excerpt, body, summary, seo });
      expect(stored.match(/Hello/g)).toHaveLength(5);
      expect(stored).not.toMatch(/<script|onerror|"url":"javascript:/i);
      // In Markdown it would be a link, in plain text it is words.
      expect(body).not.toMatch(/javascript:/i);
    }
  });

  test('the same failure of some items leaves the others alone', async () => {
    ai.respond((_request, index) => (index % 2 === 0 ? refusal('No.') : ok({ metaTitle: 'Yes' })));
    const job = await start(10);
    const ended = await editor.ends(job.id);
    expect(ended).toMatchObject({ status: 'completed', counts: { completed: 5, failed: 5 } });
    const failed = await editor.items(job.id, '&status=failed&errorCode=answer_refused');
    expect(failed).toHaveLength(5);
    ai.respond(() => ok({ metaTitle: 'Now' }));
    const retried = await editor.request(
      'POST',
      `/ai-jobs/jobs/${job.id}/items/${failed[0]?.id ?? 0}/retry`,
      {}
    );
    expect(retried.status).toBe(200);
    const after = await editor.ends(job.id);
    expect(after.counts).toMatchObject({ completed: 6, failed: 4 });
    expect((await editor.act(job.id, 'retry', { errorCode: 'answer_too_long' })).status).toBe(409);
    expect((await editor.act(job.id, 'retry', { errorCode: 'answer_refused' })).status).toBe(200);
    expect((await editor.ends(job.id)).counts).toMatchObject({ completed: 10, failed: 0 });
  });
});
