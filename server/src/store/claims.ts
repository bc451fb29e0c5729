import type { FieldValues } from '../contracts/item';
import type { StoredReason } from '../contracts/reason';
import { readNumber, writeJson, type Database, type Row, type Transaction } from './database';
import { toItem, type Item } from './item-row';
import { endIfDone, type EndedJob } from './job-ends';
import type { JobStore } from './jobs';
import {
  changesPerJob,
  groupsAlike,
  numberPerItem,
  textPerItem,
  writeSettled,
  type Settlement,
} from './settlements';

/** An item in a worker's hands. Every later write carries the lease. */
export interface Claim {
  item: Item;
  lease: string;
}

/** What an entry is given for an item. */
export interface Applied {
  itemId: number;
  lease: string;
  values: Record<string, FieldValues>;
  message: StoredReason | null;
  publication: string | null;
  fingerprint: string | null;
  /** When the entry was changed with it, as the entry itself tells; epoch milliseconds. */
  at: number;
}

export type ClaimStore = ReturnType<typeof createClaimStore>;

/** Claim, lease, settle: one owner per attempt, by compare-and-set. */
export function createClaimStore(database: Database, jobs: JobStore) {
  return {
    /**
     * Takes items for a worker: those that still wait, whose time has come and whose job is at work. The others
     * are left as they are. One lease for the whole batch.
     */
    async claim(itemIds: number[], lease: string, leaseMs: number): Promise<Claim[]> {
      const now = Date.now();
      return database.shared(async (transaction) => {
        const changed = await database
          .table('items', transaction)
          .whereIn(
            'id',
            [...itemIds].sort((a, b) => a - b)
          )
          .where({ status: 'pending' })
          // A message that outlived its sending, as after a crash, calls for nothing.
          .where('queued_at', '>', 0)
          .where((due) => void due.whereNull('next_attempt_at').orWhere('next_attempt_at', '<=', now))
          .whereIn('job_id', database.table('jobs').where({ status: 'processing' }).select('id'))
          .update({
            status: 'processing',
            lease,
            lease_until: now + leaseMs,
            started_at: now,
            next_attempt_at: null,
            progress: 0,
          });
        if (Number(changed) === 0) return [];
        const rows = (await database
          .table('items', transaction)
          .where({ lease, status: 'processing' })
          .whereIn('id', itemIds)) as Row[];
        const items = rows.map(toItem);
        for (const [jobKey, count] of countPerJob(items)) {
          await jobs.addToCounts(jobKey, { pending: -count, processing: count }, transaction);
        }
        return items.map((item) => ({ item, lease }));
      });
    },

    /** Keeps leases alive; returns the items (ids) that are still this worker's. */
    async renew(held: { itemId: number; lease: string }[], leaseMs: number): Promise<Set<number>> {
      // Of those that were claimed together, only what is still in hand: what was lost on the way shall be found.
      const ours = () =>
        database
          .table('items')
          .whereIn(
            'id',
            held.map(({ itemId }) => itemId).sort((a, b) => a - b)
          )
          .whereIn('lease', [...new Set(held.map(({ lease }) => lease))])
          .where({ status: 'processing' });
      await database.statement(() => ours().update({ lease_until: Date.now() + leaseMs }));
      const rows = (await ours().select('id')) as Row[];
      return new Set(rows.map((row) => readNumber(row.id)));
    },

    /**
     * Ends attempts that end together in one transaction: items, counts, costs, and jobs that are done with it.
     * A settlement whose lease is not the item's any more changes nothing.
     */
    async settle(settlements: Settlement[]): Promise<EndedJob[]> {
      const byLease = new Map(
        settlements.map((settlement) => [`${settlement.itemId} ${settlement.lease}`, settlement])
      );
      return database.shared(async (transaction) => {
        const held = database
          .table('items', transaction)
          .whereIn(
            'id',
            settlements.map(({ itemId }) => itemId)
          )
          .where({ status: 'processing' })
          .orderBy('id')
          .select('id', 'lease');
        const rows = (await (database.client === 'sqlite' ? held : held.forUpdate())) as Row[];
        const ours = rows.flatMap((row) => {
          const settlement = byLease.get(`${readNumber(row.id)} ${String(row.lease)}`);
          return settlement ? [settlement] : [];
        });
        for (const alike of groupsAlike(ours)) await writeSettled(database, alike, transaction);
        const ended: EndedJob[] = [];
        for (const [jobKey, { delta, costUsd }] of changesPerJob(ours)) {
          await jobs.addToCounts(jobKey, delta, transaction, costUsd);
          const done = await endIfDone(jobs, jobKey, transaction);
          if (done) ended.push(done);
        }
        return ended;
      });
    },

    /**
     * Records what entries are about to be given, in the transaction that writes them. False: one of the leases is lost, so
     * the caller must roll back.
     */
    async markApplied(applied: Applied[], transaction: Transaction): Promise<boolean> {
      const text = (textOf: (one: Applied) => string | null) => textPerItem(database, applied, textOf);
      const changed = await database
        .table('items', transaction)
        .where({ status: 'processing' })
        .where((held) => {
          for (const { itemId, lease } of applied) void held.orWhere({ id: itemId, lease });
        })
        .update({
          field_values: text(({ values }) => writeJson(values)),
          message: text(({ message }) => writeJson(message)),
          publication: text(({ publication }) => publication),
          fingerprint: text(({ fingerprint }) => fingerprint),
          applied_at: database.expression(
            numberPerItem(applied, ({ at }) => at),
            []
          ),
          // Taken back was what an earlier attempt wrote.
          undone_at: null,
        });
      return Number(changed) === applied.length;
    },

    async showProgress(itemId: number, lease: string, progress: number): Promise<void> {
      await database.statement(() =>
        database.table('items').where({ id: itemId, lease }).update({ progress })
      );
    },
  };
}

function countPerJob(items: Item[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(item.jobKey, (counts.get(item.jobKey) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}
