import { expect, test } from 'vitest';
import { ITEM_STATUSES, type Counts } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import type { Bookshop } from '../bookshop/bookshop';
import { changeIn, lookInto } from '../bookshop/database';
import { fillBody, POST, type Shelf } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import { error, ok, type FakeOpenAi } from '../fakes/openai-server';

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

useShop(
  (open) => ({ shop, ai, editor, posts } = open),
  () => ({ environment: { DEBUG: 'knex:query' } })
);

/** A job's counts and what its items really are, at one moment. */
function momentOf(jobId: string): { counted: Omit<Counts, 'total'>; found: Omit<Counts, 'total'> } {
  const columns = ITEM_STATUSES.map((status) => `j.count_${status} as counted_${status}`);
  const sums = ITEM_STATUSES.map(
    (status) =>
      `(select count(*) from ai_jobs_items i where i.job_id = j.id and i.status = '${status}') as found_${status}`
  );
  const [row] = lookInto<Record<string, number>>(
    shop,
    `select ${[...columns, ...sums].join(', ')} from ai_jobs_jobs j where j.document_id = ?`,
    jobId
  );
  const pick = (prefix: string) =>
    Object.fromEntries(
      ITEM_STATUSES.map((status) => [status, row?.[`${prefix}_${status}`] ?? 0])
    ) as unknown as Omit<Counts, 'total'>;
  return { counted: pick('counted'), found: pick('found') };
}

test('counts are the sum of the items at every moment', async () => {
  const documentIds = posts.ids(60);
  ai.setLatency(40);
  // Some fail at once, some are tried again, one answer in five must be repaired.
  ai.respond((_request, index) => {
    if (index % 10 === 3) return error(400);
    if (index % 10 === 6) return error(500);
    return ok({ metaTitle: index % 5 === 0 ? 'x'.repeat(90) : `Title ${index}` });
  });
  const job = await editor.createJob(
    fillBody({ contentType: POST, documentIds: [...documentIds, 'gone00000000000000000000'] })
  );
  let moments = 0;
  let over = false;
  while (!over) {
    const { counted, found } = momentOf(job.id);
    expect(counted).toEqual(found);
    moments += 1;
    const seen = await editor.job(job.id);
    const { total, ...parts } = seen.counts;
    expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(total);
    expect(seen.progress).toBeGreaterThanOrEqual(0);
    expect(seen.progress).toBeLessThanOrEqual(1);
    over = seen.status === 'completed';
  }
  expect(moments).toBeGreaterThan(5);
  const ended = await editor.job(job.id);
  expect(ended.counts).toMatchObject({ total: 61, pending: 0, processing: 0, skipped: 1 });
  expect(ended.counts.failed).toBeGreaterThan(0);
  expect(ended.counts.completed + ended.counts.failed).toBe(60);
  ai.setLatency(0);
});

test('entries and their relations are read together, one call is made for each', async () => {
  const documentIds = posts.ids(40);
  ai.respond(null);
  ai.reset();
  const printedBefore = shop.output().length;
  const job = await editor.createJob(
    fillBody(
      { contentType: POST, documentIds },
      { prompt: '{{ title }} in {{ book_name }} of {{ category_name }}' }
    )
  );
  const ended = await editor.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 40, completed: 40 });
  expect(ai.calls).toBe(40);
  // Nothing but the prompt reads categories here.
  const queries = shop.output().slice(printedBefore);
  const ofCategories = queries.match(/select [^\n]* from [`"]categories[`"]/g) ?? [];
  expect(ofCategories.length).toBeGreaterThan(0);
  expect(ofCategories.length).toBeLessThanOrEqual(20);
});

test('all that failed is retried, however much it is', async () => {
  ai.respond(() => error(400));
  const job = await editor.createJob(fillBody({ contentType: POST, documentIds: posts.ids(1) }));
  expect((await editor.ends(job.id)).counts).toMatchObject({ failed: 1 });
  const many = 1_200;
  const [failed] = lookInto<{ id: number; job_id: number }>(
    shop,
    `select i.id, i.job_id from ai_jobs_items i join ai_jobs_jobs j on j.id = i.job_id where j.document_id = ?`,
    job.id
  );
  changeIn(
    shop,
    `with recursive numbers (number) as (select 1 union all select number + 1 from numbers where number < ?)
     insert into ai_jobs_items (job_id, position, content_type, entry_document_id, entry_locale, label, status, error_code)
     select job_id, 1 + number, content_type, 'gone' || number, entry_locale, label, status, error_code
     from numbers, ai_jobs_items where id = ?`,
    many,
    failed?.id
  );
  changeIn(
    shop,
    `update ai_jobs_jobs set count_failed = count_failed + ? where id = ?`,
    many,
    failed?.job_id
  );
  ai.respond(null);
  expect((await editor.act(job.id, 'retry')).status).toBe(200);
  const ended = await editor.ends(job.id);
  expect(ended.counts).toMatchObject({ total: 1 + many, completed: 1, skipped: many, failed: 0 });
  const { counted, found } = momentOf(job.id);
  expect(counted).toEqual(found);
});
