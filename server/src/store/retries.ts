import type { ItemStatus } from '../contracts/statuses';
import { readNumber, whereStatus, type Database, type QueryBuilder, type Row } from './database';
import type { JobStore } from './jobs';

/** What an item forgets when it is to run anew. */
const FRESH_START = {
  status: 'pending',
  error_code: null,
  reason: null,
  attempts: 0,
  crashes: 0,
  lease: null,
  lease_until: null,
  next_attempt_at: null,
  queued_at: null,
  ended_at: null,
  progress: 0,
};

const RETRY_CHUNK = 500;

export type RetryStore = ReturnType<typeof createRetryStore>;

/** Sets items that have ended back to work. */
export function createRetryStore(database: Database, jobs: JobStore) {
  /** What was noted of a writing stays while the writing stands. */
  const messageOfWritten = () =>
    database.expression('case when ?? is null then null else ?? end', ['applied_at', 'message']);

  /** Sets some items back to `pending` in one transaction; null where the job is not there any more, or is cancelled. */
  const retrySome = (
    jobKey: number,
    ids: number[],
    statuses: ItemStatus[],
    errorCode: string | undefined
  ): Promise<number | null> =>
    database.transaction(async (transaction) => {
      // Whoever cancels or deletes the job comes before this, or after.
      if (!(await jobs.hold(jobKey, transaction))) return null;
      if ((await jobs.countsOf(jobKey, transaction))?.status === 'cancelled') return null;
      const chosen = (status: ItemStatus): QueryBuilder => {
        const found = whereStatus(database.table('items', transaction).whereIn('id', ids), status);
        return errorCode ? found.where({ error_code: errorCode }) : found;
      };
      // What the entry does not hold any more was not written: it is to be written anew.
      await chosen('failed').where({ error_code: 'write_not_kept' }).update({ applied_at: null });
      const delta: Partial<Record<ItemStatus, number>> = {};
      let total = 0;
      for (const status of statuses) {
        const changed = Number(
          await chosen(status).update(
            status === 'conflict'
              ? { ...FRESH_START, message: null, applied_at: null }
              : { ...FRESH_START, message: messageOfWritten() }
          )
        );
        delta[status] = -changed;
        total += changed;
      }
      if (total === 0) return 0;
      await jobs.addToCounts(jobKey, { ...delta, pending: total }, transaction);
      await jobs.move(
        jobKey,
        'processing',
        { from: ['completed', 'failed'], reason: null, endedAt: null },
        transaction
      );
      return total;
    });

  return {
    /**
     * Sets failed items (all, those with one code, or one by its id) back to `pending`, with the counts, and a job that
     * had ended back to work; some at a time, so that others get their turn. Conflicts and skipped items can be retried one
     * by one. Null: the job has been deleted or cancelled meanwhile.
     */
    async retry(jobKey: number, which: { errorCode?: string; itemId?: number }): Promise<number | null> {
      const statuses: ItemStatus[] =
        which.itemId === undefined ? ['failed'] : ['failed', 'conflict', 'skipped'];
      let total = 0;
      // Each once: what fails again meanwhile is behind.
      let after = 0;
      for (;;) {
        const rows = (await database
          .table('items')
          .where({ job_id: jobKey })
          .whereIn('status', statuses)
          .where('position', '>', after)
          .where({
            ...(which.itemId === undefined ? {} : { id: which.itemId }),
            ...(which.errorCode ? { error_code: which.errorCode } : {}),
          })
          .orderBy('position')
          .limit(RETRY_CHUNK)
          .select('id', 'position')) as Row[];
        if (rows.length === 0) return total;
        const ids = rows.map(({ id }) => readNumber(id)).sort((a, b) => a - b);
        const retried = await retrySome(jobKey, ids, statuses, which.errorCode);
        if (retried === null) return total === 0 ? null : total;
        total += retried;
        after = readNumber(rows.at(-1)?.position);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
