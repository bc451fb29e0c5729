import type { Core } from '@strapi/strapi';
import type { ListJobsQuery } from '../contracts/job';
import { JOB_STATUSES, type JobStatus } from '../contracts/statuses';
import { JOB_UID } from '../plugin-id';
import { readNumber, type Database, type Row } from './database';
import { DELETED, toJob, type Job } from './job-row';

const THERE = { status: { $ne: DELETED } };

/** Jobs over a content type, whose entries are called by a field (or null, see Job). */
type Labelled = Pick<Job, 'contentType' | 'labelField'>;

/** Without the jobs whose title may be made of what an entry is called by in jobs of these kinds. */
const notNamedAfter = (untitled: Labelled[]): Row => {
  const named = untitled.map(({ contentType, labelField }) => ({
    $or: [
      { titleCode: { $null: true } },
      { contentType: { $ne: contentType } },
      ...(labelField === null
        ? [{ labelField: { $notNull: true } }]
        : [{ labelField: { $ne: labelField } }, { labelField: { $null: true } }]),
    ],
  }));
  return named.length === 0 ? {} : { $and: named };
};

/** Finding and listing jobs; changes nothing. */
export function createJobQueries(strapi: Core.Strapi, database: Database) {
  const query = () => strapi.db.query(JOB_UID);

  return {
    async find(id: string): Promise<Job | null> {
      const row = (await query().findOne({ where: { ...THERE, documentId: id } })) as Row | null;
      return row ? toJob(row) : null;
    },

    async findByKey(key: number): Promise<Job | null> {
      const row = (await query().findOne({ where: { ...THERE, id: key } })) as Row | null;
      return row ? toJob(row) : null;
    },

    async findByKeys(keys: number[]): Promise<Map<number, Job>> {
      if (keys.length === 0) return new Map();
      const rows = (await query().findMany({ where: { ...THERE, id: { $in: keys } } })) as Row[];
      return new Map(rows.map(toJob).map((job) => [job.key, job]));
    },

    async findByIdempotencyKey(idempotencyKey: string): Promise<Job | null> {
      const row = (await query().findOne({ where: { ...THERE, idempotencyKey } })) as Row | null;
      return row ? toJob(row) : null;
    },

    async findByStatus(statuses: JobStatus[], where: Row = {}): Promise<Job[]> {
      const rows = (await query().findMany({
        where: { ...where, status: { $in: statuses } },
        orderBy: { id: 'asc' },
      })) as Row[];
      return rows.map(toJob);
    },

    /** The content types that there are jobs over, of one person or of all, and what their entries are called by. */
    async labelled(onlyStarter: number | null): Promise<Labelled[]> {
      const rows = (await database
        .table('jobs')
        .where(onlyStarter === null ? {} : { starter_id: onlyStarter })
        .whereNot({ status: DELETED })
        .whereNotNull('content_type')
        .distinct('content_type', 'label_field')) as Row[];
      return rows.map((row) => ({
        contentType: String(row.content_type),
        labelField: typeof row.label_field === 'string' ? row.label_field : null,
      }));
    },

    /**
     * One page of the list; of all that the reader may see, how many there are per status.
     * @param untitled jobs of which the reader may not read what their entries are called: nor are those found that are named after one
     */
    async list(
      parameters: ListJobsQuery,
      onlyStarter: number | null,
      createdBy: number | null,
      untitled: Labelled[]
    ) {
      const scope: Row = {
        ...THERE,
        ...(onlyStarter === null ? {} : { starterId: onlyStarter }),
        ...(createdBy === null ? {} : { $and: [{ starterId: createdBy }] }),
        ...(parameters.type ? { type: parameters.type } : {}),
        ...(parameters.contentType ? { contentType: parameters.contentType } : {}),
        ...(parameters.search
          ? {
              $or: [
                // SQLite lowers ASCII only: as typed, too.
                { title: { $contains: parameters.search }, ...notNamedAfter(untitled) },
                { title: { $containsi: parameters.search }, ...notNamedAfter(untitled) },
                { documentId: parameters.search },
              ],
            }
          : {}),
      };
      const where = parameters.status?.length ? { ...scope, status: { $in: parameters.status } } : scope;
      const [column = 'createdAt', direction = 'desc'] = parameters.sort.split(':');
      const [rows, total, perStatus] = await Promise.all([
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
      ]);
      const counts = Object.fromEntries(perStatus) as Record<JobStatus, number>;
      return {
        jobs: rows.map(toJob),
        total,
        counts: { ...counts, all: perStatus.reduce((sum, [, count]) => sum + count, 0) },
      };
    },

    /** How many jobs were made with each prompt. */
    async countByPrompt(promptIds: string[]): Promise<Map<string, number>> {
      const rows = (await database
        .table('jobs')
        .whereIn('prompt_id', promptIds)
        .whereNot({ status: DELETED })
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
  };
}
