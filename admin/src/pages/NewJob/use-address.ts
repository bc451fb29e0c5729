import { useCallback, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { useQueryParams } from '@strapi/strapi/admin';
import type { SelectionByIds } from '../../../../server/src/contracts';
import { newJobAddress, readNewJobState, type ListQuery } from './opening';

/** The part of the page's state that its address holds, so that a link or a reload finds it again. */
export interface NewJobAddress {
  query: ListQuery;
  /** Entries that were picked one by one before the page was opened. */
  picked: SelectionByIds | null;
  /** Sets parts of the list query; undefined takes a part away. */
  change: (changes: ListQuery) => void;
  /** Puts another list query in the place of this one. */
  replace: (query: ListQuery, options?: { asCorrection: boolean }) => void;
}

/** Reads and writes the page's address. */
export function useNewJobAddress(): NewJobAddress {
  const [{ query }] = useQueryParams<ListQuery>();
  const location = useLocation();
  const navigate = useNavigate();
  const state: unknown = location.state;
  // Strapi's own filters and search write the address without the state beside it.
  const [picked] = useState(() => readNewJobState(state).selection ?? null);

  const replace = useCallback<NewJobAddress['replace']>(
    (next, options) => navigate(newJobAddress(next), { state, replace: options?.asCorrection ?? false }),
    [navigate, state]
  );
  const change = useCallback((changes: ListQuery) => replace({ ...query, ...changes }), [replace, query]);
  return { query, picked, change, replace };
}
