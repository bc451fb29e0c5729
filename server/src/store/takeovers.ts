import type { StoredReason } from '../contracts/reason';
import {
  readNumber,
  readOptionalNumber,
  writeJson,
  type Database,
  type Row,
  type Transaction,
} from './database';
import { endIfDone, type EndedJob } from './job-ends';
import type { JobStore } from './jobs';

/** What calls use, as items and usage records both have it. */
const USAGE_COLUMNS = [
  'cost_usd',
  'input_tokens',
  'cached_tokens',
  'output_tokens',
  'reasoning_tokens',
] as const;

/** Taking over what silent workers hold: their leases, and their items. */
export function createTakeoverStore(database: Database, jobs: JobStore) {
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

  /** Locks the jobs of some items; those that somebody else has, and a silent worker may have for long, come at another time. */
  const lockable = async (rows: Row[], transaction: Transaction): Promise<Set<number>> => {
    const keys = [...new Set(rows.map((row) => readNumber(row.job_id)))].sort((a, b) => a - b);
    if (database.client === 'sqlite' || keys.length === 0) return new Set(keys);
    const had = (await database
      .table('jobs', transaction)
      .whereIn('id', keys)
      .orderBy('id')
      .select('id')
      .forUpdate()
      .skipLocked()) as Row[];
    return new Set(had.map(({ id }) => readNumber(id)));
  };

  return {
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
        const jobsHad = await lockable(rows, transaction);
        const touched = new Set<number>();
        const spent = await spentOn(
          rows.map(({ id }) => readNumber(id)),
          transaction
        );
        let taken = 0;
        for (const row of rows) {
          if (!jobsHad.has(readNumber(row.job_id))) continue;
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
          const done = await endIfDone(jobs, jobKey, transaction);
          if (done) ended.push(done);
        }
        return { taken, ended };
      });
    },
  };
}
