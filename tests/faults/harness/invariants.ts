import { expect } from 'vitest';
import { ITEM_STATUSES } from '../../../server/src/contracts/statuses';
import { callOfWords, wordsOf } from './faulty-provider';
import { END_STATUSES, WRITES_TABLE } from './grounds/ground';
import { assertEndedOnce, assertEndsInOrder } from './item-ends';
import { storedWords } from './lost-calls';
import type { WatchedJob } from './watched-job';
import type { World } from './world';

interface ItemRow {
  id: number;
  entry_document_id: string;
  status: string;
  lease: string | null;
}

/** A job's items: nothing lost, nothing twice, each at its end, and the counts are their sum. */
async function assertItems(world: World, { id, posts }: WatchedJob): Promise<ItemRow[]> {
  const { ground } = world;
  const [job] = await ground.rows<Record<string, unknown>>(
    'select * from ai_jobs_jobs where document_id = ?',
    [id]
  );
  // A deleted job has nothing left to be right or wrong.
  if (!job || job.status === 'deleted') return [];
  const items = await ground.rows<ItemRow>(
    'select id, entry_document_id, status, lease from ai_jobs_items where job_id = ?',
    [job.id]
  );
  expect(items.map((item) => item.entry_document_id).sort(), 'every entry is one item').toEqual(
    posts.map((post) => post.documentId).sort()
  );
  expect(
    items.filter((item) => !END_STATUSES.includes(item.status) || item.lease !== null),
    'every item has ended'
  ).toEqual([]);
  await assertEndedOnce(ground, Number(job.id));
  const sum = Object.fromEntries(
    ITEM_STATUSES.map((status) => [status, items.filter((item) => item.status === status).length])
  );
  // All of them: one that has fallen below zero, too.
  const counts = Object.fromEntries(
    Object.entries(job).flatMap(([column, value]) =>
      column.startsWith('count_') ? [[column.slice('count_'.length), Number(value)]] : []
    )
  );
  expect(counts, 'the counts are the sum of the items').toEqual(sum);
  return items;
}

/** What an entry was given was asked for it: its words are those of a call that showed the entry, and no two writes share a call. */
function assertOwnWords(
  { jobs, provider }: World,
  notes: { document_id: string; meta_title: string | null }[]
): void {
  const titleOf = new Map(
    jobs.flatMap(({ posts }) => posts.map(({ documentId, title }) => [documentId, title] as const))
  );
  const seen = new Set<number>();
  const wrong = notes.filter((note) => {
    const title = titleOf.get(note.document_id);
    const index = callOfWords(note.meta_title);
    if (title === undefined || index === null) return false;
    const isSecond = seen.has(index);
    seen.add(index);
    const call = provider.calls[index];
    return isSecond || call?.title !== title;
  });
  expect(
    wrong.map((note) => ({ ...note, call: provider.calls[callOfWords(note.meta_title) ?? -1] })),
    'every entry has words that were asked for it, each call’s once'
  ).toEqual([]);
}

interface KeptReply {
  item_id: number;
  entry_document_id: string;
  reply: string;
}

/** Every stored reply hangs on the item of the entry that it was asked for. @returns which item each call answered */
async function assertOwnReplies({ ground, jobs, provider }: World): Promise<Map<number, number>> {
  const titleOf = new Map(
    jobs.flatMap(({ posts }) => posts.map(({ documentId, title }) => [documentId, title] as const))
  );
  const rows = await ground.rows<KeptReply>(
    `select replies.item_id, items.entry_document_id, replies.reply from ai_jobs_replies replies
     join ai_jobs_items items on items.id = replies.item_id where replies.reply is not null`
  );
  const itemOf = new Map<number, number>();
  const wrong = rows.filter(({ item_id, entry_document_id, reply }) => {
    const title = titleOf.get(entry_document_id);
    const index = callOfWords(/AI \d+\./.exec(reply)?.[0]);
    if (index !== null) itemOf.set(index, Number(item_id));
    const call = provider.calls[index ?? -1];
    return title !== undefined && call !== undefined && call.title !== title;
  });
  expect(wrong, 'every reply is kept for the entry that it was asked for').toEqual([]);
  return itemOf;
}

/** What was written for each item, by the words of its replies: for one that is completed once, for any other at most once. */
function assertWrittenOnce(
  items: ItemRow[],
  itemOf: Map<number, number>,
  written: { document_id: string; meta_title: string | null }[]
): void {
  const entries = new Set(items.map((item) => item.entry_document_id));
  const writes = new Map<number, number>();
  const strange = written.filter(({ document_id, meta_title }) => {
    const itemId = itemOf.get(callOfWords(meta_title) ?? -1);
    if (itemId === undefined) return entries.has(document_id);
    writes.set(itemId, (writes.get(itemId) ?? 0) + 1);
    return false;
  });
  expect(strange, 'nothing is written but a reply that is stored').toEqual([]);
  const wrong = items.filter(({ id, status }) => {
    const count = writes.get(Number(id)) ?? 0;
    return status === 'completed' ? count !== 1 : count > 1;
  });
  expect(
    wrong.map((item) => ({ ...item, writes: writes.get(Number(item.id)) ?? 0 })),
    'every completed item is written once, no item twice'
  ).toEqual([]);
}

/**
 * What must hold after every fault, whatever it was: no item lost, one end status each, counts that are the sum, at most one
 * applied write per item, with words asked for that very entry, no call paid twice but those that were in hand of a process that
 * went, and no process that ended by itself.
 */
export async function assertInvariants(world: World): Promise<void> {
  const { ground, provider } = world;
  expect(
    world
      .endedByThemselves()
      .map((each) => `${each.name}: ${String(each.exitCode())}\n${each.output().slice(-3_000)}`),
    'no process ends by itself'
  ).toEqual([]);
  await assertEndsInOrder(ground);
  const items: ItemRow[] = [];
  for (const job of world.jobs) items.push(...(await assertItems(world, job)));

  const notes = await ground.rows<{ document_id: string; meta_title: string | null; person: number | null }>(
    `select document_id, meta_title, person from ${WRITES_TABLE}`
  );
  const [admin] = await ground.rows<{ id: number }>('select min(id) as id from admin_users');
  // Jobs are started by the administrator, entries are edited by the editor.
  const written = notes.filter(
    (note) => Number(note.person) === Number(admin?.id) && callOfWords(note.meta_title) !== null
  );
  assertOwnWords(world, written);
  assertWrittenOnce(items, await assertOwnReplies(world), written);

  const titles = new Set(world.jobs.flatMap((job) => job.posts.map((post) => post.title)));
  const paid = provider.calls.filter((call) => call.paid && titles.has(call.title));
  const perTitle = new Map<string, number>();
  for (const call of paid) {
    if (!world.lost.has(call) && !world.lost.isLate(call))
      perTitle.set(call.title, (perTitle.get(call.title) ?? 0) + 1);
  }
  const itemsOf = new Map<string, number>();
  for (const { entry_document_id } of items)
    itemsOf.set(entry_document_id, (itemsOf.get(entry_document_id) ?? 0) + 1);
  const twice = world.jobs
    .flatMap((job) => job.posts)
    .filter((post) => (perTitle.get(post.title) ?? 0) > (itemsOf.get(post.documentId) ?? 1));
  const stored = await storedWords(world.ground);
  const callsOf = (title: string) =>
    paid
      .filter((call) => call.title === title)
      .map((call) => ({ ...call, stored: stored.has(wordsOf(call)), lost: world.lost.has(call) }));
  expect(
    twice.map((post) => ({ ...post, calls: callsOf(post.title) })),
    'no item is paid twice but for a call that was in hand of a process that went'
  ).toEqual([]);
}
