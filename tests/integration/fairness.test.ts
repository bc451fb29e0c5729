import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CreateJobBody, JobView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { fillBody, POST, QUICK, Shelf } from '../bookshop/fill-jobs';
import { addPosts, prepareFolder } from '../bookshop/stopped-database';
import { ok, startOpenAiServer, type FakeOpenAi, type ReceivedRequest } from '../fakes/openai-server';
import { waitFor } from '../wait-for';

const MANY = 5_000;
const LATENCY_MS = 100;
const CONCURRENCY = QUICK.jobTypes['fill-fields'].concurrency;
/** The issue's own limits; milliseconds. */
const EFFECT_LIMIT_MS = 1_000;
const ANSWER_LIMIT_MS = 1_000;
const MANY_POSTS = { title: { $startsWith: 'Post number' } };

let folder: string;
let shop: Bookshop;
let ai: FakeOpenAi;
let admin: AdminClient;
let posts: Shelf;
let manyIds: string[] = [];

beforeAll(async () => {
  ai = await startOpenAiServer(() => ok({ metaTitle: 'A title' }));
  ai.setLatency(LATENCY_MS);
  folder = await prepareFolder((database) => {
    manyIds = addPosts(database, MANY);
  });
  shop = await startBookshop({
    folder,
    config: QUICK,
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  admin = await shop.admin();
  posts = await Shelf.of(admin, POST, '&filters[title][$notContains]=Post number');
  // The queue starts at the first job; what is measured below is not its start.
  const first = await admin.createJob(fillBody({ contentType: POST, documentIds: posts.ids(1) }));
  await admin.ends(first.id);
});
afterEach(async () => {
  ai.setLatency(LATENCY_MS);
  const { id } = big;
  await admin.act(id, 'cancel');
  await admin.ends(id);
});
afterAll(async () => {
  await shop?.remove();
  await rm(folder, { recursive: true, force: true });
  await ai?.close();
});

let big: JobView;
let next = 0;

/** Posts that no test has used yet. */
function freshIds(count: number): string[] {
  next += count;
  return manyIds.slice(next - count, next);
}

/** A job over 400 posts that no test has used yet, at work. */
async function startBigJob(more: Partial<CreateJobBody> = {}): Promise<void> {
  big = await admin.createJob(fillBody({ contentType: POST, documentIds: freshIds(400) }, {}, more));
  await admin.reaches(big.id, ({ counts }) => counts.completed >= CONCURRENCY);
}

const ofBigJob = (request: ReceivedRequest): boolean =>
  JSON.stringify(request.body.messages).includes('Post number');

test('a small job started behind a huge one gets its share at once', async () => {
  await startBigJob();
  const small = await admin.createJob(fillBody({ contentType: POST, documentIds: posts.ids(5) }));
  const callsBefore = ai.calls;
  const ended = await admin.ends(small.id);
  expect(ended.counts).toMatchObject({ total: 5, completed: 5 });
  const { counts } = await admin.job(big.id);
  expect(counts.pending).toBeGreaterThan(100);
  // Undoing and publishing may do more at once; that is no reason to do more of these.
  expect(ai.maxActive).toBeLessThanOrEqual(CONCURRENCY);

  // It waited for no more than what was sent before it, and a few rounds on top.
  const requests = ai.requests.slice(callsBefore);
  const lastOfSmall = requests.findLastIndex((request) => !ofBigJob(request));
  expect(requests.slice(0, lastOfSmall).filter(ofBigJob).length).toBeLessThanOrEqual(4 * CONCURRENCY);
});

test('a job of high priority overtakes one of low priority, which goes on beside it', async () => {
  await startBigJob({ priority: 'low' });
  const callsBefore = ai.calls;
  const items = 60;
  const high = await admin.createJob(
    fillBody(
      { contentType: POST, documentIds: freshIds(items) },
      { prompt: 'Urgent: {{ title }}' },
      { priority: 'high' }
    )
  );
  expect((await admin.ends(high.id)).counts).toMatchObject({ total: items, completed: items });
  const isHigh = ({ body }: ReceivedRequest) => JSON.stringify(body.messages).includes('Urgent: ');
  const requests = ai.requests.slice(callsBefore);
  const meanwhile = requests.slice(requests.findIndex(isHigh), requests.findLastIndex(isHigh) + 1);
  const low = meanwhile.filter((request) => !isHigh(request)).length;
  // Their windows are as 4 to 1; with equal ones there would be as many of the one as of the other.
  expect(low).toBeLessThan(items / 2);
  expect(low).toBeGreaterThan(0);
  expect((await admin.job(big.id)).status).toBe('processing');
});

test('paused: no further call a second after the answer; resumed: it goes on at once', async () => {
  await startBigJob();
  expect((await admin.act(big.id, 'pause')).status).toBe(200);
  const pausedAt = Date.now();
  await admin.reaches(big.id, ({ counts }) => counts.processing === 0);
  // Long enough for several ticks of everything that ticks.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(ai.requests.filter(({ receivedAt }) => receivedAt > pausedAt + EFFECT_LIMIT_MS)).toEqual([]);
  expect((await admin.job(big.id)).status).toBe('paused');

  const callsBefore = ai.calls;
  expect((await admin.act(big.id, 'resume')).status).toBe(200);
  const resumedAt = Date.now();
  await waitFor(() => ai.calls >= callsBefore + 2 * CONCURRENCY, { what: 'the job to go on' });
  expect(Date.now() - resumedAt).toBeLessThan(15_000);
});

test('cancelled: running calls are aborted, none begins a second after the answer, all items end', async () => {
  const callsAtStart = ai.calls;
  await startBigJob();
  ai.setLatency(20_000);
  const callsBefore = ai.calls;
  await ai.waitForCalls(callsBefore + CONCURRENCY);
  const { calls, aborted } = ai;
  const done = (await admin.job(big.id)).counts.completed;
  expect((await admin.act(big.id, 'cancel')).status).toBe(200);
  const cancelledAt = Date.now();
  await waitFor(() => ai.aborted >= aborted + CONCURRENCY, { what: 'the calls to be aborted' });
  expect(Date.now() - cancelledAt).toBeLessThan(EFFECT_LIMIT_MS);
  const ended = await admin.ends(big.id);
  // What had its answer may still have been written; everything else is cancelled.
  const { completed } = ended.counts;
  expect(completed).toBeGreaterThanOrEqual(done);
  expect(completed).toBeLessThanOrEqual(calls - callsAtStart - CONCURRENCY);
  expect(ended.counts).toMatchObject({ total: 400, cancelled: 400 - completed, failed: 0 });
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(ai.calls).toBe(calls);
  ai.setLatency(LATENCY_MS);
});

test('paused while calls wait for a free slot of the provider: those are not made', async () => {
  const limits = { providers: { openai: { maxParallel: 2 } } };
  const settings = await admin.request('PUT', '/ai-jobs/settings', limits);
  expect(settings.status).toBe(200);
  ai.setLatency(600);
  await startBigJob();
  expect((await admin.act(big.id, 'pause')).status).toBe(200);
  const { calls } = ai;
  await admin.reaches(big.id, ({ counts }) => counts.processing === 0);
  expect(ai.calls).toBeLessThanOrEqual(calls + 2);
  await admin.request('PUT', '/ai-jobs/settings', { providers: { openai: { maxParallel: null } } });
  ai.setLatency(LATENCY_MS);
});

test('a job over a filter of thousands answers at once, and its first item is done soon', async () => {
  const answer = await admin.request<{ data: JobView }>(
    'POST',
    '/ai-jobs/jobs',
    fillBody({ contentType: POST, filters: MANY_POSTS })
  );
  expect(answer.status).toBe(201);
  expect(answer.durationMs).toBeLessThan(ANSWER_LIMIT_MS);
  big = answer.body.data;
  const createdAt = Date.now();
  const working = await admin.reaches(big.id, ({ counts }) => counts.completed > 0);
  expect(Date.now() - createdAt).toBeLessThan(30_000);
  expect(working.counts.completed).toBeLessThan(MANY);
  const listed = await admin.reaches(big.id, (job) => job.listed);
  expect(listed.counts.total).toBe(MANY);

  const cancelled = await admin.act(big.id, 'cancel');
  expect(cancelled.status).toBe(200);
  const ended = await admin.ends(big.id);
  expect(ended.counts.completed + ended.counts.cancelled).toBe(MANY);
});
