import type { JobStatus, ListJobsQuery } from '../../../../server/src/contracts';
import { JOB_STATUSES } from '../../../../server/src/contracts/statuses';
import { addressNumber } from '../../components/address';

export const JOBS_PAGE_SIZE = 20;

const isJobStatus = (value: string | null): value is JobStatus =>
  JOB_STATUSES.some((status) => status === value);

/** The tab that the address names; `all` where it names none. */
export function jobsTab(address: URLSearchParams): JobStatus | 'all' {
  const status = address.get('status');
  return isJobStatus(status) ? status : 'all';
}

/** True while the address narrows the list down, so that an empty result does not mean an empty plugin. */
export function isNarrowed(address: URLSearchParams): boolean {
  return (
    ['status', '_q', 'type', 'contentType', 'createdBy'].some((name) => address.has(name)) ||
    addressNumber(address, 'page', 1) > 1
  );
}

/** The request for the list that the address describes. Strapi's table writes its order in capitals. */
export function jobsQuery(address: URLSearchParams): Partial<ListJobsQuery> {
  const tab = jobsTab(address);
  const optional = (name: string) => address.get(name) ?? undefined;
  const sort = optional('sort')?.replace(/:(ASC|DESC)$/, (order) => order.toLowerCase());
  const search = optional('_q');
  const type = optional('type');
  const contentType = optional('contentType');
  const createdBy = optional('createdBy');
  return {
    ...(tab === 'all' ? {} : { status: [tab] }),
    ...(search ? { search } : {}),
    ...(type ? { type } : {}),
    ...(contentType ? { contentType } : {}),
    ...(createdBy ? { createdBy } : {}),
    ...(sort ? { sort } : {}),
    page: addressNumber(address, 'page', 1),
    pageSize: Math.min(addressNumber(address, 'pageSize', JOBS_PAGE_SIZE), 100),
  };
}
