import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CleanJobsResponse } from '../../server/src/contracts';
import { startBookshop, type Bookshop } from '../bookshop/bookshop';
import { changeIn, lookInto } from '../bookshop/database';
import {
  expectDeletionToBeDecided,
  expectLeftoversToBeInvisible,
  type OpenShop,
} from '../bookshop/deleted-jobs';
import { POST, QUICK, runJob, Shelf } from '../bookshop/fill-jobs';
import { ok, startOpenAiServer, type FakeOpenAi } from '../fakes/openai-server';

let ai: FakeOpenAi;
let shop: Bookshop;
let open: OpenShop;

beforeAll(async () => {
  ai = await startOpenAiServer();
  shop = await startBookshop({
    config: QUICK,
    environment: { OPENAI_API_KEY: 'sk-test-key-1234', OPENAI_BASE_URL: ai.url },
  });
  const admin = await shop.admin();
  open = {
    admin,
    ai,
    posts: await Shelf.of(admin, POST),
    rows: (sql, values) => Promise.resolve(lookInto(shop, sql, ...values)),
    run: (sql, values) => Promise.resolve(changeIn(shop, sql, ...values)),
  };
});
beforeEach(() => {
  ai.reset();
  ai.respond(() => ok({ metaTitle: 'Fine' }));
});
afterAll(async () => {
  await shop?.remove();
  await ai?.close();
});

test('a job that was deleted right before its process was killed is met nowhere, and swept', () =>
  expectLeftoversToBeInvisible(open));

test('deleting a job while another person takes it up', () => expectDeletionToBeDecided(open));

test('who cleans up from two windows at once deletes each job once', async () => {
  const { admin, posts } = open;
  for (let made = 0; made < 3; made += 1) await runJob(admin, posts.ids(1));
  const total = lookInto<{ id: number }>(shop, 'select id from ai_jobs_jobs').length;
  const answers = await Promise.all(
    [1, 2].map(() =>
      admin.data<CleanJobsResponse['data']>('POST', '/ai-jobs/jobs/clean', { olderThanDays: 0 })
    )
  );
  expect(answers.reduce((sum, { deleted }) => sum + deleted, 0)).toBe(total);
  expect(lookInto(shop, 'select id from ai_jobs_jobs')).toEqual([]);
  expect(lookInto(shop, 'select id from ai_jobs_items')).toEqual([]);
});
