import { expect } from 'vitest';
import { disconnect, error, garbage, openAiError } from '../../fakes/openai-server';
import { waitFor } from '../../wait-for';
import type { World } from '../harness/world';
import { LONG } from '../harness/form';
import type { FaultCase } from './fault-case';

const POSTS = 30;
/** Beyond two of the provider's rests: items are tried again, and fail again, while it is down. */
const DOWN_MS = LONG ? 75_000 : 20_000;

async function expectOneAttemptEach(world: World, documentIds: string[]): Promise<void> {
  const rows = await world.ground.rows<{ entry_document_id: string; attempts: number }>(
    'select entry_document_id, attempts from ai_jobs_items where attempts <> 1'
  );
  expect(rows.filter((row) => documentIds.includes(row.entry_document_id))).toEqual([]);
}

const storm: FaultCase = {
  chapter: 7,
  title: 'a storm of 429 with Retry-After: the work waits, and no attempt is used up',
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    let storms = 0;
    world.provider.behave((call) => {
      // A third of the calls, while the storm lasts.
      if (storms >= 12 || call.index % 3 !== 0) return null;
      storms += 1;
      return error(429, openAiError('Rate limit reached.', 'requests', 'rate_limit_exceeded'), {
        'retry-after': '1',
      });
    });
    const job = await world.startJob(shop, posts);
    expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
    expect(storms).toBeGreaterThan(3);
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

const down: FaultCase = {
  chapter: 7,
  title: 'a provider down: it is left alone, no item fails for it, and the work goes on when it is back',
  async run(world) {
    const shop = await world.anyShop();
    const posts = await world.newPosts(POSTS);
    const before = world.provider.calls.length;
    let downSince = 0;
    world.provider.behave((call) => {
      if (call.index < before + 5) return null;
      downSince ||= Date.now();
      if (Date.now() - downSince > DOWN_MS) return null;
      return world.random.pick([error(500), error(503), disconnect(), garbage('<html>Bad gateway</html>')]);
    });
    const job = await world.startJob(shop, posts);
    await waitFor(() => downSince > 0 && Date.now() - downSince > DOWN_MS, {
      timeoutMs: DOWN_MS + 30_000,
      what: 'the end of the outage',
    });
    const during = world.provider.calls.slice(before + 5).filter((call) => !call.paid).length;
    // Every rest lets one round of calls through, and no more.
    expect(during).toBeLessThan(LONG ? 60 : 40);
    expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: POSTS, completed: POSTS });
  },
};

export const PROVIDER_TROUBLES: FaultCase[] = [storm, refusedKey, down];
