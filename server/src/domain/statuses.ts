import { ITEM_STATUSES, type Counts, type JobStatus } from '../contracts/statuses';

/** Where a job may go from where it stands; the design's table of statuses. */
const NEXT_JOB_STATUSES: Record<JobStatus, readonly JobStatus[]> = {
  pending: ['processing', 'paused', 'cancelled', 'failed', 'completed'],
  processing: ['paused', 'completed', 'failed', 'cancelled'],
  paused: ['pending', 'processing', 'cancelled'],
  completed: ['processing'],
  failed: ['processing'],
  cancelled: [],
};

export function mayBecome(from: JobStatus, to: JobStatus): boolean {
  return NEXT_JOB_STATUSES[from].includes(to);
}

/** Statuses from which a job may come to `to`. */
export function statusesBefore(to: JobStatus): JobStatus[] {
  return (Object.keys(NEXT_JOB_STATUSES) as JobStatus[]).filter((from) => mayBecome(from, to));
}

export function isJobOver(status: JobStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

export function emptyCounts(): Counts {
  return { total: 0, ...Object.fromEntries(ITEM_STATUSES.map((status) => [status, 0])) } as Counts;
}

/** How a job ends once every item has: failed only where nothing at all succeeded and something failed. */
export function endStatus(counts: Counts): 'completed' | 'failed' {
  const succeeded = counts.completed + counts.review + counts.skipped + counts.conflict;
  return counts.failed > 0 && succeeded === 0 ? 'failed' : 'completed';
}

/** The share of items that have ended, 0 to 1; `review` counts, the generating is done. */
export function progressOf(counts: Counts): number {
  if (counts.total === 0) return 0;
  return (counts.total - counts.pending - counts.processing) / counts.total;
}
