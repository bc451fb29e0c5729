import { getFetchClient, isFetchError } from '@strapi/strapi/admin';
import type { JobResponse, JobStatus, JobView, ListJobsResponse } from '../../../server/src/contracts';
import { isRunning, isScheduled } from '../components/job-progress';

const POLL_MS = 2_000;
/** After a request that failed, such as a server that is being restarted. */
const RECOVER_MS = 15_000;
/** How long an ended job is still news after a reload. */
const NEWS_MS = 3 * 60_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const MOST_JOBS = 10;

export interface Watch {
  /** Looks again at once. */
  look: () => void;
  stop: () => void;
}

interface Handlers {
  /** The person's running, paused and just ended jobs, the newest first. */
  onJobs: (jobs: JobView[]) => void;
  /** A job that was seen running has ended. */
  onEnd: (job: JobView) => void;
}

async function listMine(status: JobStatus[], sort: string, pageSize: number): Promise<JobView[]> {
  const params = { createdBy: 'me', status: status.join(','), sort, pageSize };
  const { data } = await getFetchClient().get<ListJobsResponse>('/ai-jobs/jobs', { params });
  return data.data;
}

async function recentlyEnded(): Promise<JobView[]> {
  const jobs = await listMine(['completed', 'failed'], 'endedAt:desc', 3);
  return jobs.filter(isNews);
}

/** The job as it stands now; null where it was deleted meanwhile, which is no news. */
async function readJob(id: string): Promise<JobView | null> {
  try {
    const { data } = await getFetchClient().get<JobResponse>(`/ai-jobs/jobs/${encodeURIComponent(id)}`);
    return data.data;
  } catch (error) {
    if (isFetchError(error) && error.status === 404) return null;
    throw error;
  }
}

const isNews = ({ endedAt }: JobView) =>
  endedAt !== null && Date.now() - new Date(endedAt).getTime() < NEWS_MS;

/** Not what waits for its start time, nor what somebody paused and so knows about, nor old news. */
function isWorthShowing(job: JobView): boolean {
  if (job.status === 'paused') return job.reason?.code !== 'paused_by_person';
  return isRunning(job) ? !isScheduled(job) : isNews(job);
}

/** How long until the next look is worth a request; null where only news from elsewhere makes it so. */
function pause(jobs: JobView[]): number | null {
  if (jobs.some((job) => isRunning(job) && !isScheduled(job))) return POLL_MS;
  const starts = jobs.filter(isScheduled).map(({ startAt }) => new Date(startAt ?? 0).getTime() - Date.now());
  return starts.length === 0 ? null : Math.min(Math.max(POLL_MS, Math.min(...starts)), LONGEST_TIMER_MS);
}

/**
 * Watches the signed-in person's jobs: every 2 s while one runs, not at all while none does or the tab is hidden, so
 * that it keeps no idle session alive. Found again after a reload, because it asks the server.
 */
export function watchMyJobs({ onJobs, onEnd }: Handlers): Watch {
  const seen = new Map<string, JobView>();
  let first = true;
  let busy = false;
  let askedMeanwhile = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let newsTimer: ReturnType<typeof setTimeout> | undefined;

  function publish(): void {
    clearTimeout(newsTimer);
    const jobs = [...seen.values()].sort((one, other) => other.createdAt.localeCompare(one.createdAt));
    onJobs(jobs.filter(isWorthShowing));
    if (jobs.some(isNews)) newsTimer = setTimeout(publish, NEWS_MS);
  }

  async function refresh(withEnded: boolean): Promise<void> {
    const active = await listMine(['pending', 'processing', 'paused'], 'createdAt:desc', MOST_JOBS);
    for (const job of withEnded ? await recentlyEnded() : []) {
      // A small job may have ended before it was ever seen running.
      if (!first && !seen.has(job.id)) onEnd(job);
      if (!seen.has(job.id)) seen.set(job.id, job);
    }
    first = false;

    const activeIds = new Set(active.map(({ id }) => id));
    const gone = [...seen.values()].filter(
      (job) => !activeIds.has(job.id) && (isRunning(job) || job.status === 'paused')
    );
    for (const job of gone) {
      const ended = await readJob(job.id);
      if (ended === null || ended.status === 'cancelled') {
        seen.delete(job.id);
        continue;
      }
      seen.set(job.id, ended);
      if (!isRunning(ended)) onEnd(ended);
    }
    for (const job of active) seen.set(job.id, job);
  }

  async function look(withEnded: boolean): Promise<void> {
    clearTimeout(timer);
    if (busy) askedMeanwhile ||= withEnded;
    if (busy || stopped || document.hidden) return;
    busy = true;
    let wait: number | null;
    try {
      await refresh(withEnded);
      wait = pause([...seen.values()]);
      if (!stopped) publish();
    } catch {
      // The pages say what is wrong with the server; a notice in the corner only tries again while something runs.
      wait = [...seen.values()].some(isRunning) ? RECOVER_MS : null;
    } finally {
      busy = false;
    }
    if (askedMeanwhile) {
      askedMeanwhile = false;
      void look(true);
    } else if (!stopped && wait !== null) timer = setTimeout(() => void look(false), wait);
  }

  const lookAtOnce = () => void look(true);
  document.addEventListener('visibilitychange', lookAtOnce);
  lookAtOnce();
  return {
    look: lookAtOnce,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(newsTimer);
      document.removeEventListener('visibilitychange', lookAtOnce);
    },
  };
}
