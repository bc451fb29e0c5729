import { Layouts, Page, BackButton, useRBAC } from '@strapi/strapi/admin';
import { EmptyStateLayout } from '@strapi/design-system';
import { useParams } from 'react-router-dom';
import { useListContentTypesQuery } from '../../api/content-types';
import { useGetPromptQuery } from '../../api/prompts';
import { useListProvidersQuery } from '../../api/providers';
import { ErrorMessage } from '../../components/ErrorMessage';
import { useText } from '../../components/text';
import { PERMISSIONS, SEE_PROMPTS } from '../../permissions';
import { NEW_PROMPT_ID, PROMPTS_PATH } from './paths';
import { PromptEditor } from './PromptEditor';

function Prompt() {
  const text = useText();
  const { id = NEW_PROMPT_ID } = useParams<{ id: string }>();
  const isNew = id === NEW_PROMPT_ID;
  const { allowedActions, isLoading: isLoadingRights } = useRBAC(PERMISSIONS.promptsManage);
  const contentTypes = useListContentTypesQuery();
  const providers = useListProvidersQuery();
  const prompt = useGetPromptQuery(id, { skip: isNew });
  const queries = isNew ? [contentTypes, providers] : [contentTypes, providers, prompt];
  const failed = queries.find((query) => query.isError);

  if (failed) {
    return (
      <>
        <Layouts.Header
          title={text('prompts.title')}
          navigationAction={<BackButton fallback={PROMPTS_PATH} />}
        />
        <Layouts.Content>
          <ErrorMessage error={failed.error} onRetry={() => void failed.refetch()} />
        </Layouts.Content>
      </>
    );
  }
  if (isLoadingRights || queries.some((query) => query.isLoading)) return <Page.Loading />;
  const views = contentTypes.data?.data ?? [];
  if (views.length === 0) return <EmptyStateLayout content={text('newJob.noTypes')} />;
  return (
    <PromptEditor
      key={id}
      prompt={isNew ? null : (prompt.data?.data ?? null)}
      contentTypes={views}
      providers={providers.data?.data ?? []}
      mayManage={allowedActions.canManage ?? false}
    />
  );
}

/** One prompt: written anew, or changed. */
export function PromptPage() {
  const text = useText();
  return (
    <Page.Protect permissions={SEE_PROMPTS}>
      <Page.Main>
        <Page.Title>{text('prompts.title')}</Page.Title>
        <Prompt />
      </Page.Main>
    </Page.Protect>
  );
}
