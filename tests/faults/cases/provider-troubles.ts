import { expect } from 'vitest';
import { disconnect, error, garbage, hang, hangInBody, openAiError } from '../../fakes/openai-server';
import type { Reply } from '../../fakes/openai-replies';
import { waitFor } from '../../wait-for';
import type { World } from '../harness/world';
import { LONG } from '../harness/form';
import type { FaultCase } from './fault-case';

const POSTS = 30;
/** Failures in a row after which a provider is left alone: by then so many attempts, less one, have been used up. */
const FAILURES_TO_OPEN = 5;
/** Beyond two of the provider's rests: items are tried again, and fail again, while it is down. */
const DOWN_MS = LONG ? 75_000 : 20_000;
const RETRY_AFTER_MS = 1_000;
/** By then a process has read the refusal, and the others have been told. */
const HEARD_WITHIN_MS = 300;
/** Beyond what it takes for the first calls to be given up. */
const HANGING_MS = LONG ? 75_000 : 8_000;

async function expectOneAttemptEach(world: World, documentIds: string[]): Promise<void> {
  const rows = await world.ground.rows<{ entry_document_id: string; attempts: number }>(
    'select entry_document_id, attempts from ai_jobs_items where attempts <> 1'
  );
  expect(rows.filter((row) => documentIds.includes(row.entry_document_id))).toEqual([]);
}

const storm: FaultCase = {
  chapter: 7,
  title: 'a storm of 429 with Retry-After: everybody waits so long, and no attempt is used up',
  async run(world) {
    const shop = await world.anyShop();
    if (world.combination.backend !== 'embedded') await world.serve();
    const posts = await world.newPosts(POSTS);
    const refusedAt: number[] = [];
    world.provider.behave((call) => {
      // A third of the calls, while the storm lasts.
      if (refusedAt.length >= 12 || call.index % 3 !== 0) return null;
      refusedAt.push(Date.now());
      return error(429, openAiError('Rate limit reached.', 'requests', 'rate_limit_exceeded'), {
        'retry-after': String(RETRY_AFTER_MS / 1_000),
      });
    });
    const job = await world.startJob(shop, posts);
    expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
    expect(refusedAt.length).toBeGreaterThan(3);
    const tooEarly = world.provider.calls.filter(({ at }) =>
      refusedAt.some((refused) => at > refused + HEARD_WITHIN_MS && at < refused + RETRY_AFTER_MS)
    );
    expect(tooEarly, 'nobody calls while the provider has asked everybody to wait').toEqual([]);
    await expectOneAttemptEach(
      world,
      posts.map((post) => post.documentId)
    );
  },
};

const refusedKey: FaultCase = {
  chapter: 7,
  title: 'a key refused in mid-job: the job pauses with its reason, and goes on when it is resumed',
  async run(world) {
    const shop = await world.anyShop();
    const client = await shop.admin();
    const posts = await world.newPosts(POSTS);
    const before = world.provider.calls.length;
    world.provider.behave((call) =>
      call.index < before + 10
        ? null
        : error(401, openAiError('Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key'))
    );
    const job = await world.startJob(shop, posts);
    const paused = await client.reaches(job.id, ['paused']);
    expect(paused.reason?.message).toMatch(/key/i);
    await client.reaches(job.id, ({ counts }) => counts.processing === 0);
    expect((await client.job(job.id)).counts).toMatchObject({ failed: 0, completed: 10 });
    world.provider.behave(null);
    expect((await client.act(job.id, 'resume')).status).toBe(200);
    expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
  },
};

interface Attempts {
  used: number;
  most: number;
}

/** Attempts that a job's items have used up so far. */
async function attemptsOf(world: World, jobId: string): Promise<Attempts> {
  const rows = await world.ground.rows<{ attempts: number; status: string }>(
    `select attempts, status from ai_jobs_items where job_id = (select id from ai_jobs_jobs where document_id = ?)`,
    [jobId]
  );
  // The attempt that an item ended with is not one that went wrong.
  const failed = rows.map(({ attempts, status }) => attempts - (status === 'completed' ? 1 : 0));
  return { used: failed.reduce((sum, each) => sum + each, 0), most: Math.max(0, ...failed) };
}

const SECONDS_TO_ANSWER = 3;

/** Some calls go well; then, for a while, none. */
const down = (title: string, downMs: number, badReply: (world: World) => Reply): FaultCase => ({
  chapter: 7,
  title,
  async run(world) {
    await world.stopAll();
    const shop = await world.serve({
      config: {
        jobTypes: {
          'fill-fields': {
            concurrency: 5,
            attempts: 3,
            timeoutSeconds: SECONDS_TO_ANSWER,
            backoffSeconds: [1],
          },
        },
      },
    });
    const posts = await world.newPosts(POSTS);
    const before = world.provider.calls.length;
    let isDown = true;
    let downSince = 0;
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    world.provider.behave(async (call) => {
      if (call.index < before + 5 || !isDown) return null;
      await begun;
      downSince ||= Date.now();
      return badReply(world);
    });
    const job = await world.startJob(shop, posts);
    const client = await shop.admin();
    // A good answer among the first bad ones would end their row.
    await waitFor(async () => (await client.job(job.id)).counts.completed === 5, {
      // The embedded queue may take seconds to start.
      timeoutMs: 60_000,
      what: 'the calls that go well',
    });
    begin();
    await waitFor(() => downSince > 0 && Date.now() - downSince > downMs, {
      timeoutMs: downMs + 30_000,
      what: 'the end of the outage',
    });
    const during = world.provider.calls.slice(before + 5).length;
    const attempts = await attemptsOf(world, job.id);
    expect((await client.job(job.id)).counts).toMatchObject({ total: POSTS, completed: 5, failed: 0 });
    isDown = false;
    // Every rest lets one round of calls through, and no more.
    expect(during).toBeGreaterThanOrEqual(FAILURES_TO_OPEN);
    expect(during).toBeLessThan(LONG ? 60 : 40);
    // Only what failed before it was known to be down has cost an attempt.
    expect(attempts.used, JSON.stringify(attempts)).toBeLessThan(FAILURES_TO_OPEN);
    expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
    expect((await attemptsOf(world, job.id)).used).toBeLessThan(FAILURES_TO_OPEN);
    await world.stop(shop);
  },
});

export const PROVIDER_TROUBLES: FaultCase[] = [
  storm,
  refusedKey,
  down(
    'a provider down: it is left alone, no item fails for it, no attempt is used up once it is known, and the work goes on when it is back',
    DOWN_MS,
    (world) => world.random.pick([error(500), error(503), disconnect(), garbage('<html>Bad gateway</html>')])
  ),
  down('a provider that takes every call and answers none: it is left alone just so', HANGING_MS, (world) =>
    world.random.pick([hang(), hangInBody()])
  ),
];
