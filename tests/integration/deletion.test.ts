import { beforeEach, expect, test } from 'vitest';
import type { CleanJobsResponse, JobView } from '../../server/src/contracts';
import type { AdminClient, ErrorBody } from '../bookshop/admin-client';
import type { Bookshop } from '../bookshop/bookshop';
import { changeIn, lookInto } from '../bookshop/database';
import {
  expectDeletionToBeDecided,
  expectLeftoversToBeInvisible,
  type OpenShop,
} from '../bookshop/deleted-jobs';
import { fillBody, POST, runJob } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import { ok } from '../fakes/openai-server';

let shop: Bookshop;
let editor: AdminClient;
let open: OpenShop;

useShop(({ ai, administrator, posts, ...opened }) => {
  ({ shop, editor } = opened);
  open = {
    admin: administrator,
    ai,
    posts,
    rows: (sql, values) => Promise.resolve(lookInto(shop, sql, ...values)),
    run: (sql, values) => Promise.resolve(changeIn(shop, sql, ...values)),
  };
});
beforeEach(() => open.ai.respond(() => ok({ metaTitle: 'Fine' })));

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

test('a deleted job is gone with its items; what it wrote stays', async () => {
  const [documentId = ''] = open.posts.ids(1);
  open.ai.respond(() => ok({ metaTitle: 'Stays' }));
  const job = await runJob(editor, [documentId]);
  expect((await editor.request('DELETE', `/ai-jobs/jobs/${job.id}`)).status).toBe(204);
  expect((await editor.request('GET', `/ai-jobs/jobs/${job.id}`)).status).toBe(404);
  expect((await editor.request('GET', `/ai-jobs/jobs/${job.id}/items`)).status).toBe(404);
  expect((await editor.entry(POST, documentId, '?locale=en')).metaTitle).toBe('Stays');
});

test('cleaning deletes what ended long enough ago, and of the person only', async () => {
  const { admin, posts } = open;
  const theirs = await runJob(admin, posts.ids(1));
  for (let made = 0; made < 3; made += 1) await runJob(editor, posts.ids(1));
  const waiting = await editor.createJob(
    fillBody(
      { contentType: POST, documentIds: posts.ids(1) },
      {},
      { startAt: new Date(Date.now() + 3_600_000).toISOString() }
    )
  );
  const young = await editor.data<{ deleted: number }>('POST', '/ai-jobs/jobs/clean', { olderThanDays: 1 });
  expect(young.deleted).toBe(0);
  const all = await editor.data<{ deleted: number }>('POST', '/ai-jobs/jobs/clean', { olderThanDays: 0 });
  expect(all.deleted).toBe(3);
  const left = await editor.request<{ data: JobView[] } & ErrorBody>('GET', '/ai-jobs/jobs');
  expect(left.body.data.map(({ id }) => id)).toEqual([waiting.id]);
  expect((await admin.job(theirs.id)).id).toBe(theirs.id);
});
