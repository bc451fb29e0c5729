import { expect } from 'vitest';
import { wordsOf } from './faulty-provider';
import { WRITES_TABLE } from './grounds/ground';
import type { WatchedJob, World } from './world';

const END_STATUSES = ['completed', 'failed', 'skipped', 'conflict', 'cancelled'];

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
  if (!job) return [];
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
  const sum: Record<string, number> = {};
  for (const { status } of items) sum[status] = (sum[status] ?? 0) + 1;
  const counts = Object.fromEntries(
    Object.entries(job).flatMap(([column, value]) =>
      column.startsWith('count_') && Number(value) > 0 ? [[column.slice('count_'.length), Number(value)]] : []
    )
  );
  expect(counts, 'the counts are the sum of the items').toEqual(sum);
  return items;
}

/**
 * What must hold after every fault, whatever it was: no item lost, one end status each, counts that are the sum, at most one
 * applied write per item, no call paid twice but those that a fault took away, and no process that ended by itself.
 */
export async function assertInvariants(world: World): Promise<void> {
  const { ground, provider } = world;
  expect(
    world
      .endedByThemselves()
      .map((each) => `${each.name}: ${String(each.exitCode())}\n${each.output().slice(-3_000)}`),
    'no process ends by itself'
  ).toEqual([]);
  const itemsOf = new Map<string, string[]>();
  for (const job of world.jobs) {
    for (const item of await assertItems(world, job)) {
      itemsOf.set(item.entry_document_id, [...(itemsOf.get(item.entry_document_id) ?? []), item.status]);
    }
  }

  const notes = await ground.rows<{ document_id: string; meta_title: string | null; person: number | null }>(
    `select document_id, meta_title, person from ${WRITES_TABLE}`
  );
  const [admin] = await ground.rows<{ id: number }>('select min(id) as id from admin_users');
  const writes = new Map<string, number>();
  for (const note of notes) {
    // Jobs are started by the administrator, entries are edited by the editor.
    if (Number(note.person) !== Number(admin?.id) || !/^AI \d+\.$/.test(note.meta_title ?? '')) continue;
    writes.set(note.document_id, (writes.get(note.document_id) ?? 0) + 1);
  }
  const wrong = [...itemsOf].filter(([documentId, statuses]) => {
    const count = writes.get(documentId) ?? 0;
    return count > statuses.length || count < statuses.filter((status) => status === 'completed').length;
  });
  expect(
    wrong.map(([documentId, statuses]) => ({ documentId, statuses, writes: writes.get(documentId) ?? 0 })),
    'every completed item is written once, no item twice'
  ).toEqual([]);

  const titles = new Set(world.jobs.flatMap((job) => job.posts.map((post) => post.title)));
  const paid = provider.calls.filter((call) => call.paid && titles.has(call.title));
  const perTitle = new Map<string, number>();
  for (const call of paid) {
    if (!world.lost.has(call.index)) perTitle.set(call.title, (perTitle.get(call.title) ?? 0) + 1);
  }
  const twice = world.jobs
    .flatMap((job) => job.posts)
    .filter((post) => {
      const items = itemsOf.get(post.documentId)?.length ?? 1;
      return (perTitle.get(post.title) ?? 0) > items;
    });
  const stored = await world.storedWords();
  const callsOf = (title: string) =>
    paid
      .filter((call) => call.title === title)
      .map((call) => ({ ...call, stored: stored.has(wordsOf(call)), lost: world.lost.has(call.index) }));
  expect(
    twice.map((post) => ({ ...post, calls: callsOf(post.title) })),
    'no item is paid twice but for a reply that a fault took away'
  ).toEqual([]);
}
