import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Box, Flex } from '@strapi/design-system';
import type { Store } from '@strapi/strapi/admin';
import type { JobView } from '../../../server/src/contracts';
import { onJobChange } from '../api/job-changes';
import { jobPath } from '../components/paths';
import { useJobTitle } from '../components/job-title';
import { useText } from '../components/text';
import { useEndWords } from './end-words';
import { watchMyJobs } from './my-jobs';
import { currentOpenJob, onOpenJob } from './open-job';
import { currentSession, onSession, type Session } from './session';
import { isNoted, note } from './tray-memory';
import { TrayCard } from './TrayCard';
import { useStoreValue } from './TrayProviders';

const MOST_CARDS = 3;

/** What is noted about a job is about this run of it: after a retry it is news again. */
const runOf = ({ id, endedAt }: JobView) => `${id} ${endedAt ?? ''}`;

const isDismissed = (job: JobView) =>
  isNoted('dismissed', runOf(job)) || isNoted('dismissed', runOf({ ...job, endedAt: null }));

/** Tells the end of a job with a toast, once per browser. */
function useEndToast(session: Session): (job: JobView) => void {
  const text = useText();
  const jobTitle = useJobTitle();
  const endWords = useEndWords();
  return useCallback(
    (job) => {
      if (isNoted('told', runOf(job))) return;
      note('told', runOf(job));
      session.notify({
        type: job.status === 'failed' ? 'danger' : job.counts.failed > 0 ? 'warning' : 'success',
        message: text('tray.toast', { title: jobTitle(job), words: endWords(job) }),
        link: { label: text('action.open'), url: `${session.home}${jobPath(job.id)}` },
      });
    },
    [endWords, jobTitle, session, text]
  );
}

function MyJobs({ session }: { session: Session }) {
  const text = useText();
  const [jobs, setJobs] = useState<JobView[]>([]);
  const [dismissals, setDismissals] = useState(0);
  const toast = useEndToast(session);
  const latestToast = useRef(toast);
  useEffect(() => {
    latestToast.current = toast;
  }, [toast]);

  useEffect(() => {
    const watch = watchMyJobs({ onJobs: setJobs, onEnd: (job) => latestToast.current(job) });
    const stopListening = onJobChange(watch.look);
    return () => {
      stopListening();
      watch.stop();
    };
  }, []);

  const dismiss = (job: JobView) => {
    note('dismissed', runOf(job));
    setDismissals(dismissals + 1);
  };
  const openJob = useSyncExternalStore(onOpenJob, currentOpenJob);
  const shown = jobs.filter((job) => job.id !== openJob && !isDismissed(job));
  if (shown.length === 0) return null;
  return (
    <Box
      tag="section"
      aria-label={text('tray.label')}
      position="fixed"
      bottom={4}
      right={4}
      zIndex="navigation"
      width="32rem"
    >
      <Flex direction="column" alignItems="stretch" gap={2}>
        {shown.slice(0, MOST_CARDS).map((job) => (
          <TrayCard key={job.id} job={job} session={session} onDismiss={() => dismiss(job)} />
        ))}
      </Flex>
    </Box>
  );
}

/** The corner notice of the person's jobs: nothing without a login, the right to see jobs, and something to tell. */
export function Tray({ store }: { store: Store }) {
  const signedIn = useStoreValue(store, (state) => Boolean(state.admin_app.token));
  const session = useSyncExternalStore(onSession, currentSession);
  return signedIn && session?.mayRead ? <MyJobs session={session} /> : null;
}
