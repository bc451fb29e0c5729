import type { StoredReason } from '../contracts/reason';
import { endStatus } from '../domain/statuses';
import type { Transaction } from './database';
import type { JobStore } from './jobs';

/** A job that has just come to its end, and how. */
export interface EndedJob {
  jobKey: number;
  status: 'completed' | 'failed';
}

/** Ends a job whose items have all ended; the compare-and-set makes exactly one caller the one that ended it. */
export async function endIfDone(
  jobs: JobStore,
  jobKey: number,
  transaction: Transaction
): Promise<EndedJob | null> {
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
}
