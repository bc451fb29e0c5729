import { waitFor } from '../../wait-for';
import type { Ground } from './grounds/ground';

/** For a process with so few connections that they run out; it waits for one more briefly, less than a lease, which is how long it waits for a lock. */
export const TWO_CONNECTIONS: Record<string, string> = {
  DATABASE_POOL_MIN: '0',
  DATABASE_POOL_MAX: '2',
  DATABASE_CONNECTION_TIMEOUT: '1000',
};

/** Keeps everybody who counts an item waiting, with the connection that he has. */
export const holdJobs = (ground: Ground, until: () => Promise<unknown>): Promise<void> =>
  ground.together([{ sql: 'select id from ai_jobs_jobs for update', values: [] }, { until }]);

/** Until somebody of the plugin's has come to a lock that is held, or found none to come to. */
const someoneWaits = (ground: Ground): Promise<unknown> =>
  waitFor(() => ground.isAnyoneWaiting(), { timeoutMs: 2_000 }).catch(() => undefined);

/**
 * Locks what a job's workers lock, in the other order: the job's row first and its items then. Where they meet, the database chooses
 * who loses.
 */
export async function crossLocks(ground: Ground, jobId: string): Promise<void> {
  const [row] = await ground.rows<{ id: number }>('select id from ai_jobs_jobs where document_id = ?', [
    jobId,
  ]);
  await ground
    .together([
      { sql: 'select id from ai_jobs_jobs where id = ? for update', values: [row?.id] },
      { until: () => someoneWaits(ground) },
      { sql: 'select id from ai_jobs_items where job_id = ? for update', values: [row?.id] },
    ])
    .catch(() => undefined);
}
