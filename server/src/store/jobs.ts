import type { Core } from '@strapi/strapi';
import {
  ITEM_STATUSES,
  JOB_STATUSES,
  type Counts,
  type ItemStatus,
  type JobStatus,
} from '../contracts/statuses';
import type { FrozenSelection, ListJobsQuery, Priority } from '../contracts/job';
import { TITLE_CODES, type TitleCode } from '../contracts/job-title';
import type { StoredReason } from '../contracts/reason';
import { emptyCounts, statusesBefore } from '../domain/statuses';
import { JOB_UID } from '../plugin-id';
import {
  readNumber,
  readOptionalNumber,
  readText,
  writeJson,
  type Database,
  type Row,
  type Transaction,
} from './database';

/** A job as the engine knows it. */
export interface Job {
  /** The row's number, what items refer to. */
  key: number;
  /** The public id. */
  id: string;
  type: string;
  /** As a person gave it, or what a made one is about. */
  title: string;
  /** The words around a made title; null: the title stands for itself. */
  titleCode: TitleCode | null;
  status: JobStatus;
  reason: StoredReason | null;
  contentType: string;
  selection: FrozenSelection;
  settings: Record<string, unknown>;
  queue: string;
  priority: Priority;
  /** The provider its calls go to; null where it makes none. */
  provider: string | null;
  starterId: number | null;
  starterName: string;
  sourceJobId: string | null;
  startAt: Date | null;
  startedAt: Date | null;
  endedAt: Date | null;
  createdAt: Date;
  /** Whether all its items are written. */
  listed: boolean;
  /** Where listing has come to: a row id of the content type, or a chunk of ids. */
  listCursor: number;
  /** The highest row id when the job was made: what came later is not part of it. */
  listLastId: number | null;
  costUsd: number | null;
  counts: Counts;
}

export type NewJob = Pick<
  Job,
  | 'type'
  | 'title'
  | 'titleCode'
  | 'contentType'
  | 'selection'
  | 'settings'
  | 'queue'
  | 'priority'
  | 'provider'
  | 'starterId'
  | 'starterName'
  | 'sourceJobId'
  | 'startAt'
  | 'listLastId'
> & { idempotencyKey: string | null; promptId: string | null; selectedIds: string[] | null };

/** Ids of a hand-picked selection per row of the selections table. */
export const SELECTION_CHUNK = 500;

const COUNT_COLUMNS: Record<ItemStatus, string> = {
  pending: 'count_pending',
  processing: 'count_processing',
  review: 'count_review',
  completed: 'count_completed',
  failed: 'count_failed',
  skipped: 'count_skipped',
  conflict: 'count_conflict',
  cancelled: 'count_cancelled',
};

const asDate = (value: unknown): Date | null => (value ? new Date(String(value)) : null);

function toJob(row: Row): Job {
  const counts = emptyCounts();
  for (const status of ITEM_STATUSES) {
    counts[status] = readNumber(row[`count${status.charAt(0).toUpperCase()}${status.slice(1)}`]);
    counts.total += counts[status];
  }
  return {
    key: readNumber(row.id),
    id: String(row.documentId),
    type: String(row.type),
    title: String(row.title),
    titleCode: TITLE_CODES.find((code) => code === row.titleCode) ?? null,
    status: JOB_STATUSES.find((status) => status === row.status) ?? 'failed',
    reason: (row.reason as StoredReason | null) ?? null,
    contentType: String(row.contentType ?? ''),
    selection: row.selection as FrozenSelection,
    settings: (row.settings as Record<string, unknown> | null) ?? {},
    queue: String(row.queue ?? 'content'),
    priority: row.priority === 'low' || row.priority === 'high' ? row.priority : 'normal',
    provider: readText(row.provider),
    starterId: readOptionalNumber(row.starterId),
    starterName: String(row.starterName ?? ''),
    sourceJobId: readText(row.sourceJobId),
    startAt: asDate(row.startAt),
    startedAt: asDate(row.startedAt),
    endedAt: asDate(row.endedAt),
    createdAt: asDate(row.createdAt) ?? new Date(0),
    listed: row.listed === true || row.listed === 1,
    listCursor: readNumber(row.listCursor),
    listLastId: readOptionalNumber(row.listLastId),
    costUsd: readOptionalNumber(row.costUsd),
    counts,
  };
}

export type JobStore = ReturnType<typeof createJobStore>;

/** Jobs: their rows, statuses and counts. */
export function createJobStore(strapi: Core.Strapi, database: Database) {
  const query = () => strapi.db.query(JOB_UID);

  const store = {
    /** Writes a job whole, with the ids it was given; nothing is enqueued yet. */
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
        return toJob(row);
      });
    },

    async find(id: string): Promise<Job | null> {
      const row = (await query().findOne({ where: { documentId: id } })) as Row | null;
      return row ? toJob(row) : null;
    },

    async findByKey(key: number): Promise<Job | null> {
      const row = (await query().findOne({ where: { id: key } })) as Row | null;
      return row ? toJob(row) : null;
    },

    async findByKeys(keys: number[]): Promise<Map<number, Job>> {
      if (keys.length === 0) return new Map();
      const rows = (await query().findMany({ where: { id: { $in: keys } } })) as Row[];
      return new Map(rows.map(toJob).map((job) => [job.key, job]));
    },

    async findByIdempotencyKey(idempotencyKey: string): Promise<Job | null> {
      const row = (await query().findOne({ where: { idempotencyKey } })) as Row | null;
      return row ? toJob(row) : null;
    },

    async findByStatus(statuses: JobStatus[], where: Row = {}): Promise<Job[]> {
      const rows = (await query().findMany({
        where: { ...where, status: { $in: statuses } },
        orderBy: { id: 'asc' },
      })) as Row[];
      return rows.map(toJob);
    },

    /** The statuses of some jobs, by key: what workers watch while they hold items. */
    async statusesOf(keys: number[]): Promise<Map<number, JobStatus>> {
      const rows = (await database.table('jobs').whereIn('id', keys).select('id', 'status')) as Row[];
      return new Map(rows.map((row) => [readNumber(row.id), row.status as JobStatus]));
    },

    /** One page of the list; of all that the reader may see, how many there are per status, and over which content types. */
    async list(parameters: ListJobsQuery, onlyStarter: number | null, createdBy: number | null) {
      const scope: Row = {
        ...(onlyStarter === null ? {} : { starterId: onlyStarter }),
        ...(createdBy === null ? {} : { $and: [{ starterId: createdBy }] }),
        ...(parameters.type ? { type: parameters.type } : {}),
        ...(parameters.contentType ? { contentType: parameters.contentType } : {}),
        ...(parameters.search
          ? {
              $or: [
                // SQLite lowers ASCII only: as typed, too.
                { title: { $contains: parameters.search } },
                { title: { $containsi: parameters.search } },
                { documentId: parameters.search },
              ],
            }
          : {}),
      };
      const where = parameters.status?.length ? { ...scope, status: { $in: parameters.status } } : scope;
      const [column = 'createdAt', direction = 'desc'] = parameters.sort.split(':');
      const [rows, total, perStatus, types] = await Promise.all([
        query().findMany({
          where,
          orderBy: [{ [column]: direction }, { id: 'desc' }],
          offset: (parameters.page - 1) * parameters.pageSize,
          limit: parameters.pageSize,
        }) as Promise<Row[]>,
        query().count({ where }),
        Promise.all(
          JOB_STATUSES.map(
            async (status) => [status, await query().count({ where: { ...scope, status } })] as const
          )
        ),
        database
          .table('jobs')
          .where(onlyStarter === null ? {} : { starter_id: onlyStarter })
          .whereNotNull('content_type')
          .distinct('content_type') as Promise<Row[]>,
      ]);
      const counts = Object.fromEntries(perStatus) as Record<JobStatus, number>;
      return {
        jobs: rows.map(toJob),
        total,
        contentTypes: types.map((row) => String(row.content_type)),
        counts: { ...counts, all: perStatus.reduce((sum, [, count]) => sum + count, 0) },
      };
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
      } = {},
      transaction?: Transaction
    ): Promise<boolean> {
      const { from = statusesBefore(to), onlyIfAllEnded = false, ...rest } = change;
      const data: Row = { status: to, updated_at: new Date() };
      if ('reason' in rest) data.reason = rest.reason ? JSON.stringify(rest.reason) : null;
      if (rest.startedAt) data.started_at = rest.startedAt;
      if ('endedAt' in rest) data.ended_at = rest.endedAt;
      const changed = await database
        .table('jobs', transaction)
        .where({
          id: key,
          ...(onlyIfAllEnded ? { listed: true, count_pending: 0, count_processing: 0 } : {}),
        })
        .whereIn('status', from)
        .update(data);
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
      await database
        .table('jobs')
        .where({ id: key, listed: false })
        .whereIn('status', ['pending', 'processing'])
        .update({ reason: writeJson(reason) });
    },

    /** How many jobs were made with each prompt. */
    async countByPrompt(promptIds: string[]): Promise<Map<string, number>> {
      const rows = (await database
        .table('jobs')
        .whereIn('prompt_id', promptIds)
        .groupBy('prompt_id')
        .select('prompt_id')
        .count({ total: '*' })) as Row[];
      return new Map(rows.map((row) => [String(row.prompt_id), readNumber(row.total)]));
    },

    /**
     * Unfinished jobs that were started from another one and need its items: those of `followUpTypes` until they end,
     * the others until they are listed.
     */
    async countNeeding(jobId: string, followUpTypes: readonly string[]): Promise<number> {
      return query().count({
        where: {
          $and: [
            { sourceJobId: jobId },
            { $or: [{ listed: false }, { type: { $in: followUpTypes } }] },
            {
              $or: [
                { status: { $in: ['pending', 'processing', 'paused'] } },
                { countProcessing: { $gt: 0 } },
              ],
            },
          ],
        },
      });
    },

    /** Jobs that ended before `before`, are over and have nothing in hand any more; by key, after one. */
    async findEndedBefore(
      before: Date,
      onlyStarter: number | null,
      afterKey: number,
      limit: number
    ): Promise<Job[]> {
      const rows = (await query().findMany({
        where: {
          id: { $gt: afterKey },
          status: { $in: ['completed', 'failed', 'cancelled'] },
          endedAt: { $lt: before },
          countProcessing: 0,
          ...(onlyStarter === null ? {} : { starterId: onlyStarter }),
        },
        orderBy: { id: 'asc' },
        limit,
      })) as Row[];
      return rows.map(toJob);
    },

    /** Deletes a job and all that belongs to it, in chunks that do not hold the database. Usage records stay. */
    async remove(key: number): Promise<void> {
      for (const name of ['items', 'replies', 'selections', 'events'] as const) {
        for (;;) {
          const rows = (await database.table(name).where({ job_id: key }).limit(500).select('id')) as Row[];
          if (rows.length === 0) break;
          await database
            .table(name)
            .whereIn(
              'id',
              rows.map((row) => readNumber(row.id))
            )
            .delete();
        }
      }
      await query().delete({ where: { id: key } });
    },
  };
  return store;
}
