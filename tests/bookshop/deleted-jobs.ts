import { expect } from 'vitest';
import type { EntryItem, JobDetail, JobView, ListJobsResponse, PromptView } from '../../server/src/contracts';
import { error, ok, type FakeOpenAi } from '../fakes/openai-server';
import { waitFor } from '../wait-for';
import { signIn, type AdminClient, type Answer, type ErrorBody } from './admin-client';
import { ADMIN } from './bookshop';
import { fillBody, POST, runJob, type Shelf } from './fill-jobs';

/** A shop whose database the test can reach; `?` stands for a value. */
export interface OpenShop {
  admin: AdminClient;
  ai: FakeOpenAi;
  posts: Shelf;
  rows<Row>(sql: string, values: unknown[]): Promise<Row[]>;
  run(sql: string, values: unknown[]): Promise<void>;
  /** Keeps a job's row from everybody else, where the database can. */
  holdJob?(key: number): Promise<HeldRow>;
}

interface HeldRow {
  /** How many statements wait for a lock now. */
  waiting(): Promise<number>;
  release(): Promise<void>;
}

/** Tables that hold rows of a job, by its key. */
const PARTS = ['ai_jobs_items', 'ai_jobs_replies', 'ai_jobs_selections', 'ai_jobs_events'];

/** How many rows a job has in each table, its own first. */
async function rowsLeft(shop: Pick<OpenShop, 'rows'>, key: number): Promise<number[]> {
  const counts: number[] = [];
  for (const table of ['ai_jobs_jobs', ...PARTS]) {
    const [found] = await shop.rows<{ total: number | string }>(
      `select count(*) as total from ${table} where ${table === 'ai_jobs_jobs' ? 'id' : 'job_id'} = ?`,
      [key]
    );
    counts.push(Number(found?.total));
  }
  return counts;
}

async function keyOf(shop: OpenShop, job: { id: string }): Promise<number> {
  const [row] = await shop.rows<{ id: number }>('select id from ai_jobs_jobs where document_id = ?', [
    job.id,
  ]);
  return Number(row?.id);
}

/** What a process leaves that is killed right after it has deleted a job: the job is gone as such, its rows are there. */
async function leaveDeleted(shop: OpenShop, job: { id: string }): Promise<void> {
  await shop.run(`update ai_jobs_jobs set status = 'deleted', idempotency_key = null where document_id = ?`, [
    job.id,
  ]);
}

/** Waits until nothing of a deleted job is left; its calls stay. */
export const sweptAway = (shop: Pick<OpenShop, 'rows'>, key: number): Promise<boolean> =>
  waitFor(async () => (await rowsLeft(shop, key)).every((count) => count === 0), {
    timeoutMs: 30_000,
    what: 'the rows of a deleted job to be removed',
  });

async function expectToBeGone(shop: OpenShop, job: JobDetail, itemId: number): Promise<void> {
  const base = `/ai-jobs/jobs/${job.id}`;
  const asked: [string, string][] = [
    ['GET', base],
    ['GET', `${base}/items`],
    ['GET', `${base}/items/${itemId}`],
    ['POST', `${base}/items/${itemId}/retry`],
    ['POST', `${base}/items/${itemId}/undo`],
    ...['pause', 'resume', 'cancel', 'retry', 'undo', 'publish', 'duplicate'].map(
      (action): [string, string] => ['POST', `${base}/${action}`]
    ),
    ['DELETE', base],
  ];
  for (const [method, path] of asked) {
    const answer = await shop.admin.request<ErrorBody>(method, path, method === 'POST' ? {} : undefined);
    expect([answer.status, answer.body.error.details?.code], `${method} ${path}`).toEqual([
      404,
      'job_missing',
    ]);
  }
}

const listed = async (shop: OpenShop, query: string): Promise<ListJobsResponse> =>
  (await shop.admin.request<ListJobsResponse>('GET', `/ai-jobs/jobs?pageSize=100${query}`)).body;

/** A job that is deleted and whose rows are still there is met nowhere; its rows go before long. */
export async function expectLeftoversToBeInvisible(shop: OpenShop): Promise<void> {
  const { admin, ai, posts } = shop;
  ai.respond(() => ok({ metaTitle: 'Stays' }));
  const prompt = await admin.data<PromptView>('POST', '/ai-jobs/prompts', {
    name: `Of a deleted job ${Date.now()}`,
    contentType: POST,
    template: 'Title: {{ title }}',
    outputs: [{ field: 'metaTitle' }],
  });
  const documentIds = posts.ids(2);
  const [documentId = ''] = documentIds;
  const idempotencyKey = `deleted-${Date.now()}`;
  const settings = { prompt: undefined, promptId: prompt.id };
  const earlier = await runJob(admin, documentIds, settings);
  const job = await runJob(admin, documentIds, settings, { title: 'Gone for good', idempotencyKey });
  const [item] = await admin.items(job.id);
  const earlierKey = await keyOf(shop, earlier);
  const key = await keyOf(shop, job);
  expect((await admin.data<PromptView>('GET', `/ai-jobs/prompts/${prompt.id}`)).usedBy).toBe(2);
  expect((await listed(shop, '&search=Gone')).meta.counts.all).toBe(1);
  const before = await listed(shop, '');

  // The next sweep is some time away when one has just been.
  await leaveDeleted(shop, earlier);
  await sweptAway(shop, earlierKey);
  await leaveDeleted(shop, job);

  const byTitle = await listed(shop, '&search=Gone');
  const after = await listed(shop, '');
  expect(byTitle.data).toEqual([]);
  expect([byTitle.meta.pagination.total, byTitle.meta.counts.all]).toEqual([0, 0]);
  expect(after.data.map(({ id }) => id)).not.toContain(job.id);
  expect(after.meta.pagination.total).toBe(before.meta.pagination.total - 2);
  expect(after.meta.counts.all).toBe(before.meta.counts.all - 2);
  expect((await admin.data<PromptView>('GET', `/ai-jobs/prompts/${prompt.id}`)).usedBy).toBe(0);
  const items = await admin.data<EntryItem[]>('GET', `/ai-jobs/entries/${POST}/${documentId}`);
  expect(items.map(({ jobId }) => jobId)).not.toContain(job.id);
  await expectToBeGone(shop, job, item?.id ?? 0);
  const again = await admin.createJob(
    fillBody({ contentType: POST, documentIds }, settings, { idempotencyKey })
  );
  expect(again.id).not.toBe(job.id);

  await sweptAway(shop, key);
  expect((await admin.ends(again.id)).counts).toMatchObject({ total: 2, completed: 2 });
  const calls = await shop.rows('select id from ai_jobs_usages where job_id = ?', [key]);
  expect(calls, 'what was paid stays known').toHaveLength(2);
}

type Acted = Answer<{ data: JobView } & ErrorBody>;

/**
 * Deletes a job while `other` does something with it, the one or the other a little ahead. Where the database can hold them,
 * both have come to the job's row before either gets it.
 */
async function race(
  shop: OpenShop,
  job: { id: string; key: number },
  other: AdminClient,
  action: string,
  deleteFirst: boolean
): Promise<{ deleted: Acted; acted: Acted }> {
  const held = await shop.holdJob?.(job.key);
  const come = async (count: number): Promise<void> => {
    if (held)
      await waitFor(async () => (await held.waiting()) >= count, {
        // InnoDB tells the same again to whom asks more often than every tenth of a second.
        everyMs: 150,
        what: `${count} to wait for the job`,
      });
  };
  const deletes = (): Promise<Acted> => shop.admin.request('DELETE', `/ai-jobs/jobs/${job.id}`);
  const acts = (): Promise<Acted> => other.act(job.id, action);
  const ahead = deleteFirst ? deletes() : acts();
  await come(1);
  const behind = deleteFirst ? acts() : deletes();
  await come(2);
  await held?.release();
  const [first, second] = await Promise.all([ahead, behind]);
  return deleteFirst ? { deleted: first, acted: second } : { deleted: second, acted: first };
}

/** Of two at once, one who deletes a job and one who retries it, one succeeds and the other reads why not. */
async function raceToRetry(
  shop: OpenShop,
  other: AdminClient,
  documentIds: string[],
  deleteFirst: boolean
): Promise<void> {
  const { admin, ai } = shop;
  ai.respond(() => error(400, 'Not today.'));
  const job = await runJob(admin, documentIds);
  expect(job.counts).toMatchObject({ total: 2, failed: 2 });
  const key = await keyOf(shop, job);
  let release = (): void => undefined;
  const decided = new Promise<void>((resolve) => (release = resolve));
  ai.respond(async () => {
    await decided;
    return ok({ metaTitle: 'Fine' });
  });
  const { deleted, acted } = await race(shop, { id: job.id, key }, other, 'retry', deleteFirst);
  release();
  if (deleted.status === 204) {
    expect([404, 409]).toContain(acted.status);
    expect(acted.body.error.message).toMatch(/\w+ .*\.$/);
    expect((await admin.request('GET', `/ai-jobs/jobs/${job.id}`)).status).toBe(404);
    await sweptAway(shop, key);
  } else {
    expect([deleted.status, deleted.body.error.details?.code, acted.status]).toEqual([
      409,
      'job_not_to_delete',
      200,
    ]);
    expect((await admin.ends(job.id)).counts).toMatchObject({ total: 2, completed: 2 });
  }
}

/** Where one deletes a job while another has its items taken up, what takes them up has them all, or is not made. */
async function raceToTakeUp(
  shop: OpenShop,
  other: AdminClient,
  documentIds: string[],
  action: 'duplicate' | 'undo',
  deleteFirst: boolean
): Promise<void> {
  const { admin, ai } = shop;
  ai.respond((_request, index) => ok({ metaTitle: `Fine ${index}` }));
  const job = await runJob(admin, documentIds);
  const key = await keyOf(shop, job);
  const { deleted, acted } = await race(shop, { id: job.id, key }, other, action, deleteFirst);
  expect([201, 404, 409]).toContain(acted.status);
  if (acted.status === 201)
    expect((await admin.ends(acted.body.data.id)).counts).toMatchObject({ total: 2, completed: 2 });
  else expect([deleted.status, acted.body.error.details?.code]).toEqual([204, 'job_missing']);
  if (deleted.status === 204) await sweptAway(shop, key);
  else expect([deleted.status, deleted.body.error.details?.code]).toEqual([409, 'job_still_needed']);
}

/** Deleting against what others do with the same job at the same moment. */
export async function expectDeletionToBeDecided(shop: OpenShop): Promise<void> {
  const other = await signIn(shop.admin.url, ADMIN);
  const documentIds = shop.posts.ids(2);
  for (const deleteFirst of [true, false, true, false]) {
    await raceToRetry(shop, other, documentIds, deleteFirst);
    await raceToTakeUp(shop, other, documentIds, 'duplicate', deleteFirst);
    await raceToTakeUp(shop, other, documentIds, 'undo', deleteFirst);
  }
}
