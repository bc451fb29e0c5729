import type { Core } from '@strapi/strapi';
import { faultPoint } from '../fault-points';
import { JOB_UID } from '../plugin-id';
import { readNumber, type Database, type Row } from './database';
import { DELETED, type Job } from './job-row';
import type { JobStore } from './jobs';

/** What goes with a job. Usage records stay. */
const PARTS = ['items', 'replies', 'selections', 'events'] as const;
/** Rows that go in one statement. */
const CHUNK = 500;

export type DeletionStore = ReturnType<typeof createDeletionStore>;

/** Deleting jobs: first the job as such, at one stroke; then its rows, which nobody sees any more. */
export function createDeletionStore(strapi: Core.Strapi, database: Database, jobs: JobStore) {
  return {
    /**
     * Deletes a job, if it has ended and has nothing in hand: from here on no query finds it, and its idempotency key is free.
     * `needed`: an unfinished job (see `countNeeding`) still works on its items.
     */
    async delete(job: Job, followUpTypes: readonly string[]): Promise<'deleted' | 'needed' | 'not ended'> {
      return database.transaction(async (transaction) => {
        // Held first: a job that takes up its items at the same time is there already when it is looked for, or finds this one gone.
        if (!(await jobs.hold(job.key, transaction))) return 'not ended';
        if ((await jobs.countNeeding(job.id, followUpTypes)) > 0) return 'needed';
        const changed = await database
          .table('jobs', transaction)
          .where({ id: job.key, count_processing: 0 })
          .whereIn('status', ['completed', 'failed', 'cancelled'])
          .update({ status: DELETED, idempotency_key: null, updated_at: new Date() });
        return Number(changed) > 0 ? 'deleted' : 'not ended';
      });
    },

    /** Removes some of the rows that a deleted job has left, its own row last; false where no deleted job has left any. */
    async removeChunk(): Promise<boolean> {
      const job = (await database.table('jobs').where({ status: DELETED }).orderBy('id').first('id')) as
        Row | undefined;
      if (!job) return false;
      faultPoint('deleted job found');
      const key = readNumber(job.id);
      for (const name of PARTS) {
        const rows = (await database.table(name).where({ job_id: key }).limit(CHUNK).select('id')) as Row[];
        if (rows.length === 0) continue;
        const ids = rows.map((row) => readNumber(row.id)).sort((a, b) => a - b);
        await database.statement(() => database.table(name).whereIn('id', ids).delete());
        return true;
      }
      await database.statement(() => strapi.db.query(JOB_UID).delete({ where: { id: key } }));
      return true;
    },
  };
}
