import { useEffect } from 'react';
import type { JobDetail } from '../../../server/src/contracts';
import { useRefreshEntryMutation, type EntryAddress } from '../api/entries';
import { useGetJobQuery } from '../api/jobs';
import { usePageVisible } from '../components/use-polling';

const WATCH_MS = 1_000;
const OVER = ['completed', 'failed', 'cancelled', 'paused'];

export interface WatchedJob {
  job: JobDetail | null;
  /** Whether nothing more happens by itself. */
  over: boolean;
}

/**
 * Follows a job until it is over, then lets the Content Manager read the entry again, so that its form shows what was
 * written. Null follows none.
 */
export function useWatchedJob(jobId: string | null, entry: EntryAddress): WatchedJob {
  const visible = usePageVisible();
  const [refreshEntry] = useRefreshEntryMutation();
  const known = useGetJobQuery(jobId ?? '', { skip: jobId === null });
  const job = jobId === null ? null : (known.currentData?.data ?? null);
  const over = job !== null && OVER.includes(job.status);
  useGetJobQuery(jobId ?? '', {
    skip: jobId === null || over,
    pollingInterval: visible ? WATCH_MS : 0,
  });

  const { contentType, documentId, locale } = entry;
  const listed = job?.listed ?? false;
  useEffect(() => {
    if (over || listed) void refreshEntry({ contentType, documentId, locale });
  }, [over, listed, refreshEntry, contentType, documentId, locale]);
  return { job, over };
}
