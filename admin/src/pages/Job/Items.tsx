import {
  Box,
  EmptyStateLayout,
  Flex,
  Table,
  Tag,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { Pagination, SearchInput } from '@strapi/strapi/admin';
import type { JobDetail } from '../../../../server/src/contracts';
import { useListItemsQuery } from '../../api/jobs';
import { useAddress } from '../../components/address';
import { ErrorMessage } from '../../components/ErrorMessage';
import { isRunning } from '../../components/job-progress';
import { useReasonText } from '../../components/reason';
import { Skeleton } from '../../components/Skeleton';
import { StatusTabs } from '../../components/StatusTabs';
import { useText } from '../../components/text';
import { usePollingInterval } from '../../components/use-polling';
import { ITEM_COLUMNS, ItemRow } from './ItemRow';
import { ITEMS_PAGE_SIZE, itemsQuery, itemsTab, itemTabs } from './items-query';
import { useItemActions } from './use-item-actions';

const SKELETON_ROWS = 5;

/** The part of the address that says which item stands open. */
function useOpenItem(): [number | null, (id: number) => void] {
  const [address, change] = useAddress();
  const open = Number(address.get('item')) || null;
  const toggle = (id: number) => change({ item: open === id ? null : String(id), page: address.get('page') });
  return [open, toggle];
}

/** A job's entries: by status, searchable, each to be opened. */
export function Items({ job }: { job: JobDetail }) {
  const text = useText();
  const reasonText = useReasonText();
  const [address, change] = useAddress();
  const [openItem, toggleItem] = useOpenItem();
  const actions = useItemActions(job.id);
  const query = itemsQuery(job.id, address);
  const { currentData: known } = useListItemsQuery(query);
  const unfinished = known !== undefined && known.meta.counts.pending + known.meta.counts.processing > 0;
  const { currentData, error, refetch } = useListItemsQuery(query, {
    pollingInterval: usePollingInterval(isRunning(job) || (unfinished && job.status !== 'paused')),
    refetchOnMountOrArgChange: true,
  });

  // The same figures as above the tabs, so that the page never contradicts itself between two polls.
  const { counts } = job;
  const tab = itemsTab(address);
  const tabs = itemTabs(counts, tab).map((value) => ({
    value,
    label: text(`items.tab.${value}`),
    count: value === 'all' ? counts.total : counts[value],
  }));
  const errorCode = address.get('errorCode');
  const errorGroup = job.errorGroups.find(({ error: reason }) => reason.code === errorCode);
  const items = currentData?.data ?? [];

  return (
    <Box>
      <Flex paddingBottom={4} gap={2} wrap="wrap">
        <SearchInput label={text('items.search')} placeholder={text('items.search')} trackedEvent={null} />
        {errorCode ? (
          <Tag
            icon={<Cross aria-hidden />}
            label={text('items.removeErrorFilter')}
            onClick={() => change({ errorCode: null })}
          >
            {errorGroup ? reasonText(errorGroup.error) : errorCode}
          </Tag>
        ) : null}
      </Flex>
      <StatusTabs
        label={text('items.tabs')}
        tabs={tabs}
        value={tab}
        onChange={(value) => change({ status: value === 'all' ? null : value, errorCode: null })}
      >
        <Box paddingTop={4} aria-busy={!currentData}>
          {error && !currentData ? (
            <ErrorMessage error={error} onRetry={() => void refetch()} />
          ) : currentData && items.length === 0 ? (
            <EmptyStateLayout content={text(job.listed ? 'items.none' : 'items.notListedYet')} />
          ) : (
            <>
              <Table colCount={ITEM_COLUMNS.length + 2} rowCount={items.length + 1}>
                <Thead>
                  <Tr>
                    <Th>
                      <VisuallyHidden>{text('items.column.open')}</VisuallyHidden>
                    </Th>
                    {ITEM_COLUMNS.map((column) => (
                      <Th key={column}>
                        <Typography variant="sigma">{text(`items.column.${column}`)}</Typography>
                      </Th>
                    ))}
                    <Th>
                      <VisuallyHidden>{text('items.column.actions')}</VisuallyHidden>
                    </Th>
                  </Tr>
                </Thead>
                <Tbody>
                  {currentData
                    ? items.map((item) => (
                        <ItemRow
                          key={item.id}
                          item={item}
                          jobId={job.id}
                          mayRetry={
                            job.actions.some((action) => action !== 'duplicate') && job.status !== 'cancelled'
                          }
                          actions={actions}
                          isOpen={openItem === item.id}
                          onToggle={() => toggleItem(item.id)}
                        />
                      ))
                    : Array.from({ length: SKELETON_ROWS }, (_row, row) => (
                        <Tr key={row} aria-hidden>
                          <Td colSpan={ITEM_COLUMNS.length + 2}>
                            <Skeleton height="1.6rem" />
                          </Td>
                        </Tr>
                      ))}
                </Tbody>
              </Table>
              <Pagination.Root {...currentData?.meta.pagination} defaultPageSize={ITEMS_PAGE_SIZE}>
                <Pagination.PageSize />
                <Pagination.Links />
              </Pagination.Root>
            </>
          )}
        </Box>
      </StatusTabs>
      {actions.dialog}
    </Box>
  );
}
