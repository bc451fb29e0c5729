import { useState } from 'react';
import { Box, EmptyStateLayout, LinkButton } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page, Pagination, SearchInput, useQueryParams, useRBAC } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';
import type { PromptView } from '../../../../server/src/contracts';
import { useListPromptsQuery } from '../../api/prompts';
import { ErrorMessage } from '../../components/ErrorMessage';
import { PluginNav } from '../../components/PluginNav';
import { useText } from '../../components/text';
import { PERMISSIONS, SEE_PROMPTS } from '../../permissions';
import { ContentTypeFilter } from './ContentTypeFilter';
import { DeletePromptDialog } from './DeletePromptDialog';
import { NEW_PROMPT_PATH } from './paths';
import { PromptsTable } from './PromptsTable';

export { PromptPage } from './PromptPage';

const PAGE_SIZE = 20;

interface PromptsQuery {
  _q?: string;
  contentType?: string;
  page?: string;
  pageSize?: string;
}

function Prompts() {
  const text = useText();
  const [{ query }] = useQueryParams<PromptsQuery>();
  const { allowedActions } = useRBAC(PERMISSIONS.promptsManage);
  const [leaving, setLeaving] = useState<PromptView | null>(null);
  const { currentData, isFetching, error, refetch } = useListPromptsQuery({
    page: Number(query.page ?? 1),
    pageSize: Number(query.pageSize ?? PAGE_SIZE),
    ...(query._q ? { search: query._q } : {}),
    ...(query.contentType ? { contentType: query.contentType } : {}),
  });
  const mayManage = allowedActions.canManage ?? false;
  const narrowed = Boolean(query._q ?? query.contentType);
  const create = (
    <LinkButton tag={Link} to={NEW_PROMPT_PATH} startIcon={<Plus />} size="L">
      {text('prompts.create')}
    </LinkButton>
  );

  const content = () => {
    if (error) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
    if (!currentData && isFetching) return <Page.Loading />;
    if (currentData?.data.length === 0) {
      return (
        <EmptyStateLayout
          icon={<EmptyDocuments width="16rem" />}
          content={text(narrowed ? 'prompts.nothingFound' : 'prompts.empty')}
          action={!narrowed && mayManage ? create : undefined}
        />
      );
    }
    return (
      <>
        <PromptsTable prompts={currentData?.data ?? []} mayManage={mayManage} onDelete={setLeaving} />
        <Pagination.Root {...currentData?.meta.pagination} defaultPageSize={PAGE_SIZE}>
          <Pagination.PageSize />
          <Pagination.Links />
        </Pagination.Root>
      </>
    );
  };

  return (
    <Page.Main>
      <Page.Title>{text('prompts.title')}</Page.Title>
      <Layouts.Header
        navigationAction={<PluginNav />}
        title={text('prompts.title')}
        subtitle={text('prompts.subtitle')}
        primaryAction={mayManage ? create : undefined}
      />
      <Layouts.Action
        startActions={
          <>
            <SearchInput
              label={text('prompts.search')}
              placeholder={text('prompts.search')}
              trackedEvent={null}
            />
            <ContentTypeFilter />
          </>
        }
      />
      <Layouts.Content>
        <Box paddingBottom={8}>{content()}</Box>
      </Layouts.Content>
      <DeletePromptDialog prompt={leaving} onClose={() => setLeaving(null)} />
    </Page.Main>
  );
}

/** Every saved prompt. */
export function PromptsPage() {
  return (
    <Page.Protect permissions={SEE_PROMPTS}>
      <Prompts />
    </Page.Protect>
  );
}
