import { Box, Button, Flex, LinkButton } from '@strapi/design-system';
import { ArrowUp, Plus } from '@strapi/icons';
import { Layouts, Page, Pagination, useRBAC } from '@strapi/strapi/admin';
import { Navigate, NavLink } from 'react-router-dom';
import { JOB_STATUSES } from '../../../../server/src/contracts/statuses';
import { useListJobsQuery } from '../../api/jobs';
import { useAddress } from '../../components/address';
import { ErrorMessage } from '../../components/ErrorMessage';
import { useJobActions } from '../../components/job-actions/use-job-actions';
import { NEW_JOB_PATH, SETTINGS_PATH } from '../../components/paths';
import { PluginNav } from '../../components/PluginNav';
import { StatusTabs } from '../../components/StatusTabs';
import { useText } from '../../components/text';
import { useMay } from '../../components/use-may';
import { usePollingInterval } from '../../components/use-polling';
import { PERMISSIONS, SEE_JOBS, SEE_PROMPTS } from '../../permissions';
import { CleanUpDialog } from './CleanUpDialog';
import { EmptyJobs } from './EmptyJobs';
import { isNarrowed, JOBS_PAGE_SIZE, jobsQuery, jobsTab } from './jobs-query';
import { JobsFilters } from './JobsFilters';
import { JobsTable } from './JobsTable';
import { PROMPTS_PATH } from '../Prompts/paths';
import { useStableRows } from './use-stable-rows';

const CHECKED_PERMISSIONS = [...PERMISSIONS.jobsCreate, ...PERMISSIONS.jobsManage];

/** The live list: polled figures, and the tabs' counts with it. */
function useLiveJobs(address: URLSearchParams) {
  const query = jobsQuery(address);
  const { currentData: known } = useListJobsQuery(query);
  const counts = known?.meta.counts;
  const running = counts !== undefined && counts.processing + counts.pending > 0;
  return useListJobsQuery(query, {
    pollingInterval: usePollingInterval(running),
    refetchOnMountOrArgChange: true,
  });
}

function Jobs() {
  const text = useText();
  const [address, change] = useAddress();
  const { allowedActions } = useRBAC(CHECKED_PERMISSIONS);
  const { currentData, data, error, refetch } = useLiveJobs(address);
  const { ask, dialog } = useJobActions();
  const place = JSON.stringify(jobsQuery(address));
  const { rows, newcomers, showAll } = useStableRows(currentData?.data ?? [], place);

  const counts = data?.meta.counts;
  const tab = jobsTab(address);
  const tabs = (['all', ...JOB_STATUSES] as const)
    .filter((status) => status !== 'pending' || tab === 'pending' || (counts?.pending ?? 0) > 0)
    .map((value) => ({ value, label: text(`jobs.tab.${value}`), count: counts?.[value] ?? 0 }));
  const empty = currentData?.data.length === 0;
  const mayCreate = allowedActions.canCreate ?? false;

  return (
    <Page.Main>
      <Page.Title>{text('plugin.name')}</Page.Title>
      <Layouts.Header
        navigationAction={<PluginNav />}
        title={text('jobs.title')}
        subtitle={text('jobs.subtitle')}
        primaryAction={
          <Flex gap={2}>
            {mayCreate || allowedActions.canManage ? <CleanUpDialog /> : null}
            {mayCreate ? (
              <LinkButton tag={NavLink} to={NEW_JOB_PATH} startIcon={<Plus />} size="L">
                {text('jobs.new')}
              </LinkButton>
            ) : null}
          </Flex>
        }
      />
      <Layouts.Action startActions={<JobsFilters contentTypes={data?.meta.contentTypes} />} />
      <Layouts.Content>
        <StatusTabs
          label={text('jobs.tabs')}
          tabs={tabs}
          value={tab}
          onChange={(value) => change({ status: value === 'all' ? null : value })}
        >
          <Box paddingTop={4}>
            {error && !currentData ? (
              <ErrorMessage error={error} onRetry={() => void refetch()} />
            ) : empty ? (
              <EmptyJobs narrowed={isNarrowed(address)} mayCreate={mayCreate} />
            ) : (
              <>
                {newcomers > 0 ? (
                  <Flex justifyContent="center" paddingBottom={3}>
                    <Button variant="secondary" size="S" startIcon={<ArrowUp />} onClick={showAll}>
                      {text('jobs.newcomers', { count: newcomers })}
                    </Button>
                  </Flex>
                ) : null}
                <JobsTable jobs={rows} isLoading={!currentData} ask={ask} />
                <Pagination.Root {...currentData?.meta.pagination} defaultPageSize={JOBS_PAGE_SIZE}>
                  <Pagination.PageSize />
                  <Pagination.Links />
                </Pagination.Root>
              </>
            )}
          </Box>
        </StatusTabs>
      </Layouts.Content>
      {dialog}
    </Page.Main>
  );
}

/** All jobs that the reader may see, live. Who may not is led to the page they may use. */
export function JobsPage() {
  const seesJobs = useMay(SEE_JOBS);
  const seesPrompts = useMay(SEE_PROMPTS);
  const seesSettings = useMay(PERMISSIONS.settingsRead);
  if (!seesJobs && seesPrompts) return <Navigate to={PROMPTS_PATH} replace />;
  if (!seesJobs && seesSettings) return <Navigate to={SETTINGS_PATH} replace />;
  return (
    <Page.Protect permissions={SEE_JOBS}>
      <Jobs />
    </Page.Protect>
  );
}
