import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ItemView, JobDetail } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import type { Bookshop } from '../bookshop/bookshop';
import { lookInto } from '../bookshop/database';
import { fillBody, POST, runJob, Shelf, runOnPost } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import {
  delay,
  disconnect,
  error,
  garbage,
  halfJson,
  hang,
  ok,
  openAiError,
  type FakeOpenAi,
} from '../fakes/openai-server';

/** Told to the shop by its environment, and to nobody else. */
const PLANTED_KEY = 'sk-planted-9f8e7d6c5b4a3210-WXYZ';
/** Told to it on the Settings page. */
const STORED_KEY = 'sk-stored-0a1b2c3d4e5f6789-QRST';

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let administrator: AdminClient;
let posts: Shelf;

useShop(
  (open) => ({ shop, ai, editor, administrator, posts } = open),
  ({ url }) => ({
    config: {
      jobTypes: {
        'fill-fields': { backoffSeconds: [1], attempts: 3, timeoutSeconds: 2, concurrency: 10 },
      },
    },
    environment: {
      OPENAI_API_KEY: PLANTED_KEY,
      // One provider is down or full for a while after a test: the next one takes another.
      DEEPSEEK_API_KEY: 'sk-deepseek-0000',
      DEEPSEEK_BASE_URL: url,
      XAI_BASE_URL: url,
      GEMINI_API_KEY: 'sk-gemini-00000',
      GEMINI_BASE_URL: url,
      OLLAMA_BASE_URL: url,
    },
  })
);

beforeEach(async () => {
  ai.requireKey(null);
  // A test of the connection that goes well forgives what earlier tests did to it.
  await administrator.data('POST', '/ai-jobs/providers/openai/test', { model: 'gpt-test' });
  ai.reset();
});

const runOne = (settings: Record<string, unknown> = {}) => runOnPost(editor, posts.ids(1)[0] ?? '', settings);

const start = (count: number, settings: Record<string, unknown> = {}) =>
  editor.createJob(fillBody({ contentType: POST, documentIds: posts.ids(count) }, settings));

/** Resumes a paused job and waits until all of it is done. */
async function resumeAndEnd(id: string): Promise<JobDetail> {
  const resumed = await editor.act(id, 'resume');
  expect(resumed.status).toBe(200);
  const ended = await editor.ends(id);
  expect(ended).toMatchObject({ status: 'completed', reason: null });
  expect(ended.counts.completed).toBe(ended.counts.total);
  return ended;
}

/** A job says that it is paused a moment before the last of its items is back in its place. */
const pausedAndStill = (id: string): Promise<JobDetail> =>
  editor.reaches(id, ({ status, counts }) => status === 'paused' && counts.processing === 0);

const nothingLost = (items: ItemView[]): void => {
  for (const item of items) expect(item).toMatchObject({ status: 'pending', attempts: 0, error: null });
};

describe('what holds for every item pauses the job', () => {
  test('401: the key is refused', async () => {
    ai.requireKey('sk-another');
    const job = await start(12);
    const paused = await pausedAndStill(job.id);
    expect(paused.reason).toMatchObject({ code: 'key_refused', params: { provider: 'OpenAI' } });
    expect(paused.reason?.message).toMatch(
      /Settings → AI Jobs → Providers\. When that is done, resume the job/
    );
    expect(paused.counts).toMatchObject({ total: 12, pending: 12, failed: 0 });
    expect(paused.timeline.at(-1)).toMatchObject({ event: 'paused_itself', person: null });
    nothingLost(await editor.items(job.id));
    ai.requireKey(null);
    await resumeAndEnd(job.id);
  });

  test('404: the model is not known', async () => {
    ai.respond(() => error(404, openAiError('The model does not exist.', 'x', 'model_not_found')));
    const job = await start(3, { model: 'gpt-unheard-of' });
    const paused = await pausedAndStill(job.id);
    expect(paused.reason).toMatchObject({
      code: 'model_not_found',
      params: { model: 'gpt-unheard-of' },
    });
    nothingLost(await editor.items(job.id));
    ai.respond(null);
    await resumeAndEnd(job.id);
  });

  test('404: the address is wrong', async () => {
    ai.respond(() => error(404, '<html><title>Not here</title></html>'));
    const job = await start(3);
    const paused = await editor.reaches(job.id, ['paused']);
    expect(paused.reason).toMatchObject({ code: 'provider_bad_reply' });
    ai.respond(null);
    await resumeAndEnd(job.id);
  });

  test('what a call begun before the resuming answers does not pause the job again', async () => {
    let tellLate = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      tellLate = resolve;
    });
    const gone = () => error(404, openAiError('The model does not exist.', 'x', 'model_not_found'));
    ai.respond(async (request) => {
      if (request.index === 0) await ai.waitForCalls(3, 20_000);
      if (request.index === 1 || request.index === 2) await late;
      return request.index < 3 ? gone() : ok({ metaTitle: 'There again' });
    });
    const job = await start(3);
    await editor.reaches(job.id, ({ status, counts }) => status === 'paused' && counts.processing === 2);
    expect((await editor.act(job.id, 'resume')).status).toBe(200);
    tellLate();
    const ended = await editor.ends(job.id);
    expect(ended).toMatchObject({ status: 'completed', reason: null, counts: { completed: 3 } });
    expect(ended.timeline.filter(({ event }) => event === 'paused_itself')).toHaveLength(1);
    expect(ai.calls).toBe(6);
  });

  test('the account has no credit left', async () => {
    ai.respond(() => error(429, openAiError('You exceeded your quota.', 'x', 'insufficient_quota')));
    const job = await start(3);
    const paused = await editor.reaches(job.id, ['paused']);
    expect(paused.reason).toMatchObject({ code: 'quota_exhausted' });
    ai.respond(null);
    await resumeAndEnd(job.id);
  });

  test('no key: once it is set on the Settings page the job goes on', async () => {
    const job = await start(3, { provider: 'xai', model: 'grok-test' });
    const paused = await pausedAndStill(job.id);
    expect(paused.reason).toMatchObject({ code: 'key_missing', params: { provider: 'xAI' } });
    nothingLost(await editor.items(job.id));
    expect(ai.calls).toBe(0);
    await administrator.data('PUT', '/ai-jobs/settings', { providers: { xai: { apiKey: STORED_KEY } } });
    await resumeAndEnd(job.id);
    expect(ai.lastRequest?.headers.authorization).toBe(`Bearer ${STORED_KEY}`);
  });

  test('a provider that is down for long', async () => {
    ai.respond(() => error(503));
    const job = await start(12, { provider: 'gemini', model: 'gemini-test' });
    const paused = await editor.reaches(job.id, ['paused']);
    expect(paused.reason).toMatchObject({ code: 'provider_down', params: { provider: 'Google Gemini' } });
    expect(paused.counts.failed).toBe(0);
    // After some failures in a row it is left alone: not every item asks it again and again.
    expect(ai.calls).toBeLessThan(12 * 3);
    ai.respond(null);
    await resumeAndEnd(job.id);
  });

  test('a provider that answers nothing for long', async () => {
    ai.respond(() => hang());
    const job = await start(12, { provider: 'ollama', model: 'llama-test' });
    const paused = await editor.reaches(job.id, ['paused']);
    expect(paused.reason).toMatchObject({ code: 'provider_down', params: { provider: 'Ollama' } });
    expect(paused.counts.failed).toBe(0);
    ai.respond(null);
    await resumeAndEnd(job.id);
  });
});

describe('too many requests', () => {
  test('429 with Retry-After: every call to the provider waits, no attempt is used up', async () => {
    // Ten calls are at work; all are answered together, so that what comes after is known to come after.
    ai.respond(async (request) => {
      if (request.index >= 10) return ok({ metaTitle: 'Later' });
      await ai.waitForCalls(10, 20_000);
      return error(429, openAiError('Slow down.', 'requests', 'rate_limit_exceeded'), { 'retry-after': '3' });
    });
    const job = await start(20);
    await ai.waitForCalls(10, 30_000);
    const answeredAt = Date.now();
    const ended = await editor.ends(job.id);
    expect(ended.counts).toMatchObject({ total: 20, completed: 20 });
    expect(ai.calls).toBe(30);
    expect((ai.requests[10]?.receivedAt ?? 0) - answeredAt).toBeGreaterThan(2_500);
    for (const item of await editor.items(job.id)) expect(item.attempts).toBe(1);
  });

  test('while one provider is full, the work of another goes on', async () => {
    ai.respond((request) =>
      request.headers.authorization === `Bearer ${PLANTED_KEY}` && request.index === 0
        ? error(429, openAiError('Slow down.', 'requests', 'rate_limit_exceeded'), { 'retry-after': '5' })
        : ok({ metaTitle: 'Done' })
    );
    const full = await start(1);
    await ai.waitForCalls(1, 20_000);
    const waiting = await editor.reaches(full.id, (current) => current.counts.pending === 1);
    expect(waiting.status).toBe('processing');
    const [item] = await editor.items(full.id);
    expect(item).toMatchObject({ error: { code: 'provider_rate_limited' }, attempts: 0 });
    expect(Date.parse(item?.nextAttemptAt ?? '')).toBeGreaterThan(Date.now());
    const providers = await administrator.data<{ name: string; blockedUntil: string | null }[]>(
      'GET',
      '/ai-jobs/providers'
    );
    expect(providers.find(({ name }) => name === 'openai')?.blockedUntil).not.toBeNull();
    expect(await editor.data('GET', '/ai-jobs/queue')).toMatchObject({ waiting: 0, active: 0, delayed: 1 });

    const other = await start(5, { provider: 'deepseek', model: 'deepseek-test' });
    const done = await editor.ends(other.id);
    expect(done.counts.completed).toBe(5);
    expect((await editor.job(full.id)).counts.pending).toBe(1);
    const ended = await editor.ends(full.id);
    expect(ended.counts.completed).toBe(1);
  });
});

describe('outages are tried again, with a pause in between', () => {
  test('500 once', async () => {
    ai.respond((_request, index) => (index === 0 ? error(500) : ok({ metaTitle: 'Second try' })));
    const { item, entry } = await runOne();
    expect(item).toMatchObject({ status: 'completed', attempts: 2, error: null });
    expect(item.calls.map((call) => call.outcome)).toEqual(['provider_unavailable', 'ok']);
    expect(entry.metaTitle).toBe('Second try');
    const [first, second] = ai.requests;
    expect((second?.receivedAt ?? 0) - (first?.receivedAt ?? 0)).toBeGreaterThan(700);
  });

  test('500 each time: failed after the last attempt, and retried by hand', async () => {
    ai.respond(() => error(500));
    const { job, item, entry } = await runOne();
    expect(ai.calls).toBe(3);
    expect(job).toMatchObject({ status: 'failed', reason: { code: 'nothing_succeeded' } });
    expect(job.errorGroups).toMatchObject([
      { count: 1, error: { code: 'provider_unavailable', retryable: true }, exampleLabels: [item.label] },
    ]);
    expect(item).toMatchObject({
      status: 'failed',
      attempts: 3,
      error: { code: 'provider_unavailable', retryable: true, params: { status: 500 } },
      usage: { calls: 3 },
    });
    ai.respond(() => ok({ metaTitle: 'At last' }));
    expect((await editor.act(job.id, 'retry')).status).toBe(200);
    const ended = await editor.ends(job.id);
    expect(ended).toMatchObject({ status: 'completed', reason: null, errorGroups: [] });
    expect((await editor.entry(POST, item.documentId, '?locale=en')).metaTitle).toBe('At last');
    expect(entry.metaTitle).not.toBe('At last');
  });

  test('no answer: the call is given up', async () => {
    ai.respond((_request, index) => (index === 0 ? hang() : ok({ metaTitle: 'Awake' })));
    const { item } = await runOne();
    expect(item).toMatchObject({ status: 'completed', attempts: 2, usage: { calls: 2 } });
    expect(item.calls.map((call) => call.outcome)).toEqual(['provider_timeout', 'ok']);
    expect(ai.aborted).toBe(1);
  });

  test('a cut connection', async () => {
    ai.respond((_request, index) => (index === 0 ? disconnect() : ok({ metaTitle: 'Back' })));
    const { item } = await runOne();
    expect(item).toMatchObject({ status: 'completed', attempts: 2 });
    expect(item.calls[0]?.outcome).toBe('provider_unreachable');
  });

  test('what was sent is shown where no call was answered, too', async () => {
    ai.respond(() => disconnect());
    const { item } = await runOne();
    expect(item).toMatchObject({
      status: 'failed',
      calls: [{ outcome: 'provider_unreachable' }, { outcome: 'provider_unreachable' }, {}],
      prompt: { user: expect.stringMatching(/\w/) as string },
    });
    // Only the last of them is kept.
    expect(lookInto(shop, `select reply from ai_jobs_replies where item_id = ${item.id}`)).toEqual([
      { reply: null },
    ]);
  });

  test('an item’s time is its own: what it waits for its turn to call is not in it', async () => {
    ai.respond(() => delay(1_000, ok({ metaTitle: 'In its turn' })));
    // Ten call at once, the others in hand wait a second for that.
    const documentIds = (await Shelf.of(editor, POST)).ids(13);
    const ended = await runJob(editor, documentIds);
    expect(ended.counts.completed).toBe(13);
    const times = (await editor.items(ended.id)).map(({ durationMs }) => durationMs ?? 0);
    const sorted = times.toSorted((one, other) => one - other);
    expect(sorted[0]).toBeGreaterThanOrEqual(990);
    expect(sorted[11]).toBeLessThan(1_900);
  });

  test('half a reply, and a web page instead of one', async () => {
    ai.respond((_request, index) =>
      index === 0
        ? halfJson()
        : index === 1
          ? garbage('<html><title>Maintenance</title></html>', 'text/html')
          : ok({ metaTitle: 'Whole' })
    );
    const { item, entry } = await runOne();
    expect(item).toMatchObject({ status: 'completed', attempts: 3 });
    expect(item.calls.map((call) => call.outcome)).toEqual([
      'provider_bad_reply',
      'provider_bad_reply',
      'ok',
    ]);
    expect(entry.metaTitle).toBe('Whole');
  });

  test('what was paid for is not paid again: a retry uses the stored reply', async () => {
    // The second call of the first attempt fails; the first one's reply is there for the second attempt.
    ai.respond((_request, index) =>
      index === 0 ? ok({ metaTitle: 'x'.repeat(90) }) : index === 1 ? error(500) : ok({ metaTitle: 'Short' })
    );
    const { item, entry } = await runOne();
    expect(item).toMatchObject({ status: 'completed', attempts: 2, usage: { calls: 3 } });
    expect(ai.calls).toBe(3);
    expect(entry.metaTitle).toBe('Short');
  });
});

test('keys are in no answer, no log and no table in clear', async () => {
  // A provider that says the key aloud, in an error and in an answer.
  ai.respond(() =>
    error(401, openAiError(`Incorrect API key provided: ${PLANTED_KEY}.`, 'x', 'invalid_api_key'))
  );
  const refused = await start(1);
  await editor.reaches(refused.id, ['paused']);
  ai.respond(() => error(400, openAiError(`Bad header Bearer ${PLANTED_KEY}`, 'x', null)));
  const { job: failed } = await runOne();
  ai.respond(() => delay(10, garbage(`key ${PLANTED_KEY} is not JSON`)));
  const { job: garbled } = await runOne();
  const tested = await administrator.request('POST', '/ai-jobs/providers/openai/test', { model: 'x' });
  const heard = [JSON.stringify(tested.body)];
  const paths = [
    '/ai-jobs/jobs?pageSize=100',
    '/ai-jobs/providers',
    '/ai-jobs/settings',
    '/ai-jobs/queue',
    '/ai-jobs/prompts',
    '/ai-jobs/content-types',
    '/ai-jobs/job-types',
  ];
  for (const { id } of [refused, failed, garbled]) {
    paths.push(`/ai-jobs/jobs/${id}`, `/ai-jobs/jobs/${id}/items`);
    const items = await administrator.items(id);
    paths.push(...items.map((item) => `/ai-jobs/jobs/${id}/items/${item.id}`));
  }
  for (const address of paths) {
    const answer = await administrator.request('GET', address);
    expect(`${address} ${answer.status}`).toBe(`${address} 200`);
    heard.push(JSON.stringify(answer.body));
  }
  const secret = /planted-9f8e7d6c|stored-0a1b2c3d/;
  for (const text of heard) expect(text).not.toMatch(secret);
  expect(heard.join()).toContain('"keyLastFour":"WXYZ"');
  expect(shop.output()).not.toMatch(secret);
  for (const name of (await readdir(shop.folder)).filter((file) => file.startsWith('bookshop.db'))) {
    const content = await readFile(path.join(shop.folder, name), 'latin1');
    expect(content.includes('planted-9f8e7d6c') || content.includes('stored-0a1b2c3d')).toBe(false);
  }
});
