import type { To } from 'react-router-dom';
import type { SelectionByIds } from '../../../../server/src/contracts';
import { NEW_JOB_PATH } from '../../components/paths';

/** A list query as the address of the page holds it, in the names of the Content Manager's own address. */
export interface ListQuery {
  contentType?: string;
  locale?: string;
  status?: string;
  _q?: string;
  filters?: { $and?: Record<string, unknown>[] };
  /** Only entries in which this field is empty. */
  empty?: string;
  /** The field to write, where the page was opened for one. */
  field?: string;
  /** The job whose settings and selection to begin with. */
  from?: string;
}

/** What travels beside the address: entries picked one by one would not fit into it. */
export interface NewJobState {
  selection?: SelectionByIds;
}

/** `a[b][0]=c`, as Strapi's `useQueryParams` reads it. */
function inBrackets(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [`${name}=${encodeURIComponent(String(value))}`];
  return Object.entries(value).flatMap(([key, inner]) => inBrackets(`${name}[${key}]`, inner));
}

/** Where to go to begin a job with a list query already chosen. */
export function newJobAddress(query: ListQuery): To {
  const search = Object.entries(query)
    .flatMap(([name, value]) => inBrackets(name, value))
    .join('&');
  return { pathname: NEW_JOB_PATH, search };
}

/** Reads the page's state from the router, which may hold anything. */
export function readNewJobState(state: unknown): NewJobState {
  if (typeof state !== 'object' || state === null || !('selection' in state)) return {};
  const { selection } = state;
  if (typeof selection !== 'object' || selection === null) return {};
  if (!('contentType' in selection) || typeof selection.contentType !== 'string') return {};
  if (!('documentIds' in selection) || !Array.isArray(selection.documentIds)) return {};
  const locale = 'locale' in selection && typeof selection.locale === 'string' ? selection.locale : undefined;
  return {
    selection: {
      contentType: selection.contentType,
      documentIds: selection.documentIds.map(String),
      ...(locale === undefined ? {} : { locale }),
    },
  };
}
