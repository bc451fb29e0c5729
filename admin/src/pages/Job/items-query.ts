import type { Counts, ItemStatus, ListItemsQuery } from '../../../../server/src/contracts';
import { ITEM_STATUSES } from '../../../../server/src/contracts/statuses';
import { addressNumber } from '../../components/address';

export const ITEMS_PAGE_SIZE = 20;

/** Tabs that are there even while they hold nothing, in the order people look for them. */
const LASTING_TABS: ItemStatus[] = ['completed', 'failed', 'skipped', 'conflict', 'pending'];

const isItemStatus = (value: string | null): value is ItemStatus =>
  ITEM_STATUSES.some((status) => status === value);

/** The tab that the address names; `all` where it names none. */
export function itemsTab(address: URLSearchParams): ItemStatus | 'all' {
  const status = address.get('status');
  return isItemStatus(status) ? status : 'all';
}

/** The tabs worth showing: the lasting ones, and any other that holds items or is open. */
export function itemTabs(counts: Counts | undefined, open: ItemStatus | 'all'): (ItemStatus | 'all')[] {
  const rest = ITEM_STATUSES.filter(
    (status) => !LASTING_TABS.includes(status) && (status === open || (counts?.[status] ?? 0) > 0)
  );
  return ['all', ...LASTING_TABS, ...rest];
}

/** The request for the items that the address describes. */
export function itemsQuery(
  jobId: string,
  address: URLSearchParams
): Partial<ListItemsQuery> & { jobId: string } {
  const tab = itemsTab(address);
  const search = address.get('_q');
  const errorCode = address.get('errorCode');
  return {
    jobId,
    ...(tab === 'all' ? {} : { status: [tab] }),
    ...(search ? { search } : {}),
    ...(errorCode ? { errorCode } : {}),
    page: addressNumber(address, 'page', 1),
    pageSize: Math.min(addressNumber(address, 'pageSize', ITEMS_PAGE_SIZE), 100),
  };
}
