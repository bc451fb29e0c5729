import type { JobView } from '../../../server/src/contracts';

/** Items that need nothing more: all but those waiting or at work. */
export function endedItems({ counts }: Pick<JobView, 'counts'>): number {
  return counts.total - counts.pending - counts.processing;
}

/** True while the job's numbers can change by themselves. */
export function isRunning({ status }: Pick<JobView, 'status'>): boolean {
  return status === 'processing' || status === 'pending';
}

/** True for a job whose start time has not come. */
export function isScheduled({ status, startAt }: Pick<JobView, 'status' | 'startAt'>): boolean {
  return status === 'pending' && startAt !== null && new Date(startAt).getTime() > Date.now();
}
