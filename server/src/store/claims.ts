import type { FieldValues } from '../contracts/item';
import type { StoredReason } from '../contracts/reason';
import { endStatus } from '../domain/statuses';
import {
  readNumber,
  readOptionalNumber,
  writeJson,
  type Database,
  type Row,
  type Transaction,
} from './database';
import { toItem, type Item } from './item-row';
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

/** What calls use, as items and usage records both have it. */
const USAGE_COLUMNS = [
  'cost_usd',
  'input_tokens',
  'cached_tokens',
  'output_tokens',
  'reasoning_tokens',
] as const;

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

/** A job that has just come to its end, and how. */
export interface EndedJob {
  jobKey: number;
  status: 'completed' | 'failed';
}

export type ClaimStore = ReturnType<typeof createClaimStore>;

/** Claim, lease, settle: one owner per attempt, by compare-and-set. */
export function createClaimStore(database: Database, jobs: JobStore) {
  /** Ends a job whose items have all ended; the compare-and-set makes exactly one caller the one that ended it. */
  const endIfDone = async (jobKey: number, transaction: Transaction): Promise<EndedJob | null> => {
    const state = await jobs.countsOf(jobKey, transaction);
    if (!state || !state.listed || state.counts.pending + state.counts.processing > 0) return null;
    const status = endStatus(state.counts);
    const reason: StoredReason | null =
      status === 'failed'
        ? { code: 'nothing_succeeded', params: {}, retryable: true }
        : state.counts.total === 0
          ? { code: 'nothing_matched', params: {}, retryable: false }
          : null;
    const moved = await jobs.move(
      jobKey,
      status,
      { reason, from: ['pending', 'processing'], endedAt: new Date(), onlyIfAllEnded: true },
      transaction
    );
    return moved ? { jobKey, status } : null;
  };

  /** What all calls of some items used, by item: who died could not add it to what the item had. */
  const spentOn = async (
    itemIds: number[],
    transaction: Transaction
  ): Promise<Map<number, Record<string, number | null>>> => {
    if (itemIds.length === 0) return new Map();
    const rows = (await database
      .table('usages', transaction)
      .whereIn('item_id', itemIds)
      .groupBy('item_id')
      .select('item_id')
      .sum(Object.fromEntries(USAGE_COLUMNS.map((column) => [column, column])))
      .count({ calls: '*' })) as Row[];
    return new Map(
      rows.map((row) => [
        readNumber(row.item_id),
        {
          calls: readNumber(row.calls),
          cost_usd: readOptionalNumber(row.cost_usd),
          ...Object.fromEntries(USAGE_COLUMNS.slice(1).map((column) => [column, readNumber(row[column])])),
        },
      ])
    );
  };

  return {
    endIfDone,

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
          const done = await endIfDone(jobKey, transaction);
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

    /** The leases that items are held under, and when each ends by the clock of who holds it: of some items, it may end sooner. */
    async leases(): Promise<{ lease: string; until: number }[]> {
      const rows = (await database
        .table('items')
        .where({ status: 'processing' })
        .groupBy('lease', 'lease_until')
        .select('lease', 'lease_until')) as Row[];
      return rows.map((row) => ({ lease: String(row.lease), until: readNumber(row.lease_until) }));
    },

    /**
     * Takes back items whose worker has gone silent: to `pending`, or to `failed` (quarantined) after too many
     * crashes. What this process still holds is its own, however late it is; with `exceptOwners` everything that is not
     * of these is taken, whatever its lease.
     */
    async reclaim(options: {
      mostCrashes: number;
      limit: number;
      /** Those that are not renewed any more, as they were seen: one that is renewed after all, even now, stays. */
      leases: { lease: string; until: number }[];
      exceptOwners?: string[];
      exceptItems: number[];
    }): Promise<{ taken: number; ended: EndedJob[] }> {
      const seenUntil = new Map(
        options.leases
          .toSorted((one, other) => one.until - other.until)
          .map(({ lease, until }) => [lease, until])
      );
      return database.transaction(async (transaction) => {
        let query = database.table('items', transaction).where({ status: 'processing' });
        query = options.exceptOwners
          ? options.exceptOwners.reduce((some, owner) => some.where('lease', 'not like', `${owner}:%`), query)
          : query.whereIn('lease', [...seenUntil.keys()]).whereNotIn('id', options.exceptItems);
        const silent = query
          .orderBy('id')
          .limit(options.limit)
          .select('id', 'job_id', 'lease', 'lease_until', 'crashes', 'cost_usd');
        // What a worker fell silent with in the middle of a transaction must not keep the rest.
        const rows = (await (database.client === 'sqlite'
          ? silent
          : silent.forUpdate().skipLocked())) as Row[];
        const touched = new Set<number>();
        const spent = await spentOn(
          rows.map(({ id }) => readNumber(id)),
          transaction
        );
        let taken = 0;
        for (const row of rows) {
          const until = seenUntil.get(String(row.lease));
          if (until !== undefined && readNumber(row.lease_until) > until) continue;
          const crashes = readNumber(row.crashes) + 1;
          const quarantined = crashes >= options.mostCrashes;
          const reason: StoredReason = { code: 'crashed', params: { crashes }, retryable: true };
          const { cost_usd: costUsd = null, ...usage } = spent.get(readNumber(row.id)) ?? {};
          const unheardUsd =
            costUsd === null ? null : Math.max(0, costUsd - (readOptionalNumber(row.cost_usd) ?? 0));
          const changed = await database
            .table('items', transaction)
            .where({ id: row.id, lease: row.lease, lease_until: row.lease_until, status: 'processing' })
            .update({
              status: quarantined ? 'failed' : 'pending',
              crashes,
              lease: null,
              lease_until: null,
              queued_at: null,
              ...usage,
              ...(quarantined
                ? { error_code: reason.code, reason: writeJson(reason), ended_at: Date.now(), progress: 1 }
                : {}),
            });
          if (Number(changed) === 0) continue;
          taken += 1;
          const jobKey = readNumber(row.job_id);
          touched.add(jobKey);
          await jobs.addToCounts(
            jobKey,
            { processing: -1, [quarantined ? 'failed' : 'pending']: 1 },
            transaction,
            unheardUsd
          );
        }
        const ended: EndedJob[] = [];
        for (const jobKey of touched) {
          const done = await endIfDone(jobKey, transaction);
          if (done) ended.push(done);
        }
        return { taken, ended };
      });
    },
  };
}

function countPerJob(items: Item[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(item.jobKey, (counts.get(item.jobKey) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}
