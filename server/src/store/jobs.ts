import type { Core } from '@strapi/strapi';
import { ITEM_STATUSES, type Counts, type ItemStatus, type JobStatus } from '../contracts/statuses';
import type { StoredReason } from '../contracts/reason';
import { emptyCounts, statusesBefore } from '../domain/statuses';
import { JOB_UID } from '../plugin-id';
import { readNumber, writeJson, type Database, type Row, type Transaction } from './database';
import type { EventStore } from './events';
import { createJobQueries } from './job-queries';
import { COUNT_COLUMNS, DELETED, toJob, type Job, type NewJob } from './job-row';

/** Ids of a hand-picked selection per row of the selections table. */
export const SELECTION_CHUNK = 500;

export type JobStore = ReturnType<typeof createJobStore>;

/** Jobs: their rows, statuses and counts. */
export function createJobStore(strapi: Core.Strapi, database: Database, events: EventStore) {
  const query = () => strapi.db.query(JOB_UID);

  const store = {
    ...createJobQueries(strapi, database),

    /** Writes a job whole, with the ids it was given and the beginning of its timeline; nothing is enqueued yet. */
    async insert(job: NewJob): Promise<Job> {
      const { selectedIds, ...data } = job;
      return database.transaction(async (transaction) => {
        const row = (await query().create({
          data: { ...data, status: 'pending', listed: false, listCursor: 0 },
        })) as Row;
        const chunks: Row[] = [];
        for (let start = 0; selectedIds && start < selectedIds.length; start += SELECTION_CHUNK) {
          chunks.push({
            job_id: row.id,
            chunk: chunks.length + 1,
            entry_ids: JSON.stringify(selectedIds.slice(start, start + SELECTION_CHUNK)),
          });
        }
        for (let start = 0; start < chunks.length; start += 100) {
          await database.table('selections', transaction).insert(chunks.slice(start, start + 100));
        }
        const created = toJob(row);
        const starter = job.starterId === null ? null : { id: job.starterId, name: job.starterName };
        await events.add(created.key, 'created', starter, null, transaction);
        return created;
      });
    },

    /**
     * Writes a job that takes up the items of another one; null where that one has been deleted meanwhile. Whichever comes
     * first, the deletion or this, the other one sees it.
     */
    async insertFrom(sourceKey: number, job: NewJob): Promise<Job | null> {
      return database.transaction(async (transaction) =>
        (await store.hold(sourceKey, transaction)) ? store.insert(job) : null
      );
    },

    /** Keeps a job's row from changes by others to the end of the transaction; false where there is no such job. */
    async hold(key: number, transaction: Transaction): Promise<boolean> {
      const row = database
        .table('jobs', transaction)
        .where({ id: key })
        .whereNot({ status: DELETED })
        .first('id');
      return (
        ((await (database.client === 'sqlite' ? row : row.forUpdate())) as Row | undefined) !== undefined
      );
    },

    /** The statuses of some jobs, by key: what workers watch while they hold items. */
    async statusesOf(keys: number[]): Promise<Map<number, JobStatus>> {
      const rows = (await database
        .table('jobs')
        .whereIn('id', keys)
        .whereNot({ status: DELETED })
        .select('id', 'status')) as Row[];
      return new Map(rows.map((row) => [readNumber(row.id), row.status as JobStatus]));
    },

    /**
     * Moves a job to a status if it stands where it may come from; true if it was this call that moved it.
     * `from` narrows the statuses it may come from.
     */
    async move(
      key: number,
      to: JobStatus,
      change: {
        reason?: StoredReason | null;
        from?: JobStatus[];
        startedAt?: Date;
        endedAt?: Date | null;
        /** Move only a job that is listed and whose items have all ended, looked at in the same statement. */
        onlyIfAllEnded?: boolean;
        /** Counts this as a resuming. */
        resumed?: boolean;
        /** Move only a job that has been resumed this often. */
        resumes?: number;
      } = {},
      transaction?: Transaction
    ): Promise<boolean> {
      const { from = statusesBefore(to), onlyIfAllEnded = false, resumed = false, resumes, ...rest } = change;
      const data: Row = { status: to, updated_at: new Date() };
      if ('reason' in rest) data.reason = rest.reason ? JSON.stringify(rest.reason) : null;
      if (rest.startedAt) data.started_at = rest.startedAt;
      if ('endedAt' in rest) data.ended_at = rest.endedAt;
      if (resumed) data.resumes = database.expression('coalesce(??, 0) + 1', ['resumes']);
      const update = () => {
        const query = database
          .table('jobs', transaction)
          .where({
            id: key,
            ...(onlyIfAllEnded ? { listed: true, count_pending: 0, count_processing: 0 } : {}),
          })
          .whereIn('status', from);
        // Rows of an older version have none.
        if (resumes !== undefined) query.whereRaw('coalesce(??, 0) = ?', ['resumes', resumes]);
        return query.update(data);
      };
      const changed = await (transaction ? update() : database.statement(update));
      return Number(changed) > 0;
    },

    /** Adds to a job's counts, in the transaction that moves the items. */
    async addToCounts(
      key: number,
      delta: Partial<Record<ItemStatus, number>>,
      transaction: Transaction,
      costUsd: number | null = null
    ): Promise<void> {
      const builder = database.table('jobs', transaction).where({ id: key });
      const increments = Object.fromEntries(
        Object.entries(delta)
          .filter(([, count]) => count !== 0)
          .map(([status, count]) => [COUNT_COLUMNS[status as ItemStatus], count])
      );
      if (costUsd !== null) {
        // A null column plus a number is null: the first cost sets it.
        await database
          .table('jobs', transaction)
          .where({ id: key })
          .whereNull('cost_usd')
          .update({ cost_usd: 0 });
        increments.cost_usd = costUsd;
      }
      if (Object.keys(increments).length > 0) await builder.increment(increments);
    },

    /** Counts inside a transaction, as they stand at that point. */
    async countsOf(
      key: number,
      transaction?: Transaction
    ): Promise<{ counts: Counts; status: JobStatus; listed: boolean } | null> {
      const row = (await database
        .table('jobs', transaction)
        .where({ id: key })
        .first('status', 'listed', ...Object.values(COUNT_COLUMNS))) as Row | undefined;
      if (!row) return null;
      const counts = emptyCounts();
      for (const status of ITEM_STATUSES) {
        counts[status] = readNumber(row[COUNT_COLUMNS[status]]);
        counts.total += counts[status];
      }
      return { counts, status: row.status as JobStatus, listed: row.listed === true || row.listed === 1 };
    },

    /** Moves the listing's cursor on, if nobody else has; false means that another process lists this job. */
    async moveListing(
      key: number,
      from: number,
      to: number,
      listed: boolean,
      transaction: Transaction
    ): Promise<boolean> {
      const changed = await database
        .table('jobs', transaction)
        .where({ id: key, list_cursor: from, listed: false })
        .whereIn('status', ['pending', 'processing'])
        .update({ list_cursor: to, listed, reason: null });
      return Number(changed) > 0;
    },

    /** Says why the listing of a job does not get on; forgotten with its next chunk. */
    async explainListing(key: number, reason: StoredReason): Promise<void> {
      await database.statement(() =>
        database
          .table('jobs')
          .where({ id: key, listed: false })
          .whereIn('status', ['pending', 'processing'])
          .update({ reason: writeJson(reason) })
      );
    },
  };
  return store;
}
