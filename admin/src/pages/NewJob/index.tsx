import { useEffect } from 'react';
import { BackButton, Layouts, Page } from '@strapi/strapi/admin';
import { Box, EmptyStateLayout } from '@strapi/design-system';
import { useListContentTypesQuery } from '../../api/content-types';
import { useGetJobQuery } from '../../api/jobs';
import { useListPromptsQuery } from '../../api/prompts';
import { useListProvidersQuery } from '../../api/providers';
import { ErrorMessage } from '../../components/ErrorMessage';
import { JOBS_PATH } from '../../components/paths';
import { useText } from '../../components/text';
import { PERMISSIONS } from '../../permissions';
import { NewJobForm } from './NewJobForm';
import { Overview } from './Overview';
import { queryFromJob } from './selection';
import { useNewJobAddress } from './use-address';

/** Most saved prompts that are offered; the server's largest page. */
const MAX_PROMPTS = 100;

function NewJob() {
  const text = useText();
  const address = useNewJobAddress();
  const contentTypes = useListContentTypesQuery();
  const providers = useListProvidersQuery();
  const prompts = useListPromptsQuery({ pageSize: MAX_PROMPTS });
  const { from, contentType } = address.query;
  const repeated = useGetJobQuery(from ?? '', { skip: from === undefined });
  const repeatedSelection = repeated.data?.data.selection;

  const { replace } = address;
  useEffect(() => {
    if (from === undefined || contentType !== undefined || !repeatedSelection) return;
    replace({ ...queryFromJob(repeatedSelection), from }, { asCorrection: true });
  }, [from, contentType, repeatedSelection, replace]);

  const failed = [contentTypes, providers, prompts, repeated].find((query) => query.isError);
  const loading = [contentTypes, providers, prompts, repeated].some((query) => query.isLoading);
  const views = contentTypes.data?.data ?? [];
  const view = views.find(({ uid }) => uid === contentType);

  const content = () => {
    if (loading) return <Page.Loading />;
    if (failed) return <ErrorMessage error={failed.error} onRetry={() => void failed.refetch()} />;
    if (views.length === 0) return <EmptyStateLayout content={text('newJob.noTypes')} />;
    if (!view) {
      return (
        <Overview contentTypes={views} unknown={contentType ?? null} onChoose={(query) => replace(query)} />
      );
    }
    return (
      <NewJobForm
        view={view}
        contentTypes={views}
        providers={providers.data?.data ?? []}
        prompts={prompts.data?.data ?? []}
        defaults={providers.data?.meta.defaults ?? null}
        repeated={from === undefined ? null : (repeated.data?.data ?? null)}
        address={address}
      />
    );
  };

  return (
    <Page.Main>
      <Page.Title>{text('newJob.title')}</Page.Title>
      <Layouts.Header
        title={text('newJob.title')}
        subtitle={view ? undefined : text('newJob.overview.subtitle')}
        navigationAction={<BackButton fallback={JOBS_PATH} />}
      />
      <Layouts.Content>
        <Box paddingBottom={8}>{content()}</Box>
      </Layouts.Content>
    </Page.Main>
  );
}

/** Which entries, what to write, with which model: then a try on a few of them, and the start. */
export function NewJobPage() {
  return (
    <Page.Protect permissions={PERMISSIONS.jobsCreate}>
      <NewJob />
    </Page.Protect>
  );
}
