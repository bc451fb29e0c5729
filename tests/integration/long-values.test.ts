import { beforeEach, expect, test } from 'vitest';
import type { EntryItem, ItemDetail, ItemView, ListItemsResponse } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import type { Bookshop } from '../bookshop/bookshop';
import { changeIn } from '../bookshop/database';
import { POST, runJob, type Shelf } from '../bookshop/fill-jobs';
import { useShop } from '../bookshop/use-shop';
import { ok, type FakeOpenAi } from '../fakes/openai-server';

const MEGABYTE = 1_000_000;

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let posts: Shelf;

useShop((open) => ({ shop, ai, editor, posts } = open));
beforeEach(() => ai.respond(() => ok({ metaTitle: 'By AI' })));

/** A job over some posts, as if it had written texts of so many characters. */
async function jobOf(count: number, length: number): Promise<{ id: string; documentIds: string[] }> {
  const documentIds = posts.ids(count);
  const { id } = await runJob(editor, documentIds);
  const text = 'x'.repeat(length);
  const values = JSON.stringify({ metaTitle: { before: 'As it was', proposed: text, written: text } });
  const ofJob = 'job_id = (select id from ai_jobs_jobs where document_id = ?)';
  changeIn(shop, `update ai_jobs_items set field_values = ? where ${ofJob}`, values, id);
  return { id, documentIds };
}

const list = async (id: string, query = '') => {
  const answer = await editor.request<ListItemsResponse>(
    'GET',
    `/ai-jobs/jobs/${id}/items?pageSize=100${query}`
  );
  expect(answer.status).toBe(200);
  return { items: answer.body.data, size: JSON.stringify(answer.body).length, ms: answer.durationMs };
};
const writtenLength = (item: ItemView | undefined): number => String(item?.values.metaTitle?.written).length;

test('a list holds the beginnings of long values, one item alone the whole', async () => {
  const { id, documentIds } = await jobOf(30, MEGABYTE);
  const { items, size, ms } = await list(id);
  expect(items).toHaveLength(30);
  for (const item of items) {
    expect(item.values.metaTitle).toMatchObject({ before: 'As it was', cut: true });
    expect(writtenLength(item)).toBe(2_000);
  }
  expect(size).toBeLessThan(MEGABYTE);
  expect(ms).toBeLessThan(5_000);
  expect((await list(id)).items).toEqual(items);

  const one = await editor.data<ItemDetail>('GET', `/ai-jobs/jobs/${id}/items/${items[0]?.id ?? 0}`);
  expect(writtenLength(one)).toBe(MEGABYTE);
  expect(one.values.metaTitle?.cut).toBeUndefined();

  const place = `/ai-jobs/entries/${POST}/${documentIds[0] ?? ''}?locale=en`;
  const [entryItem] = await editor.data<EntryItem[]>('GET', place);
  expect(entryItem?.values.metaTitle?.cut).toBe(true);
});

test('a list of whole values holds as many of them as an answer can', async () => {
  const { id } = await jobOf(5, MEGABYTE);
  const { items, size } = await list(id, '&values=whole');
  expect(items.map(writtenLength)).toEqual([MEGABYTE, 2_000, 2_000, 2_000, 2_000]);
  expect(items.map(({ values }) => values.metaTitle?.cut)).toEqual([undefined, true, true, true, true]);
  expect(size).toBeLessThan(5 * MEGABYTE);

  const middling = await jobOf(5, 15_000);
  expect((await list(middling.id)).items.map(writtenLength)).toEqual(Array(5).fill(2_000));
  const whole = (await list(middling.id, '&values=whole')).items;
  expect(whole.map(writtenLength)).toEqual(Array(5).fill(15_000));
  expect(whole.some(({ values }) => values.metaTitle?.cut)).toBe(false);
});
