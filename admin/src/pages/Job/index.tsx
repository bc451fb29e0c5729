import { useEffect } from 'react';
import { Box, Flex, Tabs } from '@strapi/design-system';
import { BackButton, Layouts, Page } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { useGetJobQuery } from '../../api/jobs';
import { useAddress } from '../../components/address';
import { ErrorMessage } from '../../components/ErrorMessage';
import { useJobActions } from '../../components/job-actions/use-job-actions';
import { isRunning } from '../../components/job-progress';
import { JOBS_PATH } from '../../components/paths';
import { Skeleton } from '../../components/Skeleton';
import { useJobTitle } from '../../components/job-title';
import { useText } from '../../components/text';
import { usePollingInterval } from '../../components/use-polling';
import { SEE_JOBS } from '../../permissions';
import { setOpenJob } from '../../tray/open-job';
import { ErrorGroups } from './ErrorGroups';
import { Items } from './Items';
import { JobHeader } from './JobHeader';
import { JobSettings } from './JobSettings';
import { JobSummary } from './JobSummary';
import { Timeline } from './Timeline';

const TABS = ['items', 'settings', 'timeline'] as const;

function Job({ id }: { id: string }) {
  const text = useText();
  const jobTitle = useJobTitle();
  const navigate = useNavigate();
  const [address, change] = useAddress();
  const { ask, busy, dialog } = useJobActions({ onDeleted: () => navigate(JOBS_PATH, { replace: true }) });
  const { currentData: known } = useGetJobQuery(id);
  const { currentData, error, refetch } = useGetJobQuery(id, {
    pollingInterval: usePollingInterval(known !== undefined && isRunning(known.data)),
    refetchOnMountOrArgChange: true,
  });

  useEffect(() => {
    setOpenJob(id);
    return () => setOpenJob(null);
  }, [id]);

  if (!currentData) {
    return (
      <Page.Main aria-busy={!error}>
        <Layouts.Header navigationAction={<BackButton fallback={JOBS_PATH} />} title={text('job.title')} />
        <Layouts.Content>
          {error ? (
            <ErrorMessage error={error} onRetry={() => void refetch()} />
          ) : (
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Skeleton height="10rem" />
              <Skeleton height="30rem" />
            </Flex>
          )}
        </Layouts.Content>
      </Page.Main>
    );
  }

  const job = currentData.data;
  const tab = TABS.find((candidate) => candidate === address.get('tab')) ?? 'items';
  return (
    <Page.Main>
      <Page.Title>{jobTitle(job)}</Page.Title>
      <JobHeader job={job} ask={ask} busy={busy} />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <JobSummary job={job} />
          <ErrorGroups job={job} ask={ask} />
          <Box>
            <Tabs.Root
              value={tab}
              onValueChange={(value) => change({ tab: value === 'items' ? null : value })}
            >
              <Tabs.List aria-label={text('job.tabs')}>
                {TABS.map((value) => (
                  <Tabs.Trigger key={value} value={value}>
                    {text(`job.tab.${value}`)}
                  </Tabs.Trigger>
                ))}
              </Tabs.List>
              <Tabs.Content value="items">
                <Box padding={5}>
                  <Items job={job} />
                </Box>
              </Tabs.Content>
              <Tabs.Content value="settings">
                <Box padding={5}>
                  <JobSettings job={job} />
                </Box>
              </Tabs.Content>
              <Tabs.Content value="timeline">
                <Box padding={5}>
                  <Timeline events={job.timeline} />
                </Box>
              </Tabs.Content>
            </Tabs.Root>
          </Box>
        </Flex>
      </Layouts.Content>
      {dialog}
    </Page.Main>
  );
}

/** One job, live: how far it is, its entries, its settings, what happened. */
export function JobPage() {
  const { id } = useParams();
  return (
    <Page.Protect permissions={SEE_JOBS}>
      {id === undefined ? <Page.NoData /> : <Job key={id} id={id} />}
    </Page.Protect>
  );
}
