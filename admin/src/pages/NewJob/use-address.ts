import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { useQueryParams } from '@strapi/strapi/admin';
import type { SelectionByIds } from '../../../../server/src/contracts';
import { newJobAddress, readNewJobState, type ListQuery } from './opening';

/** The part of the page's state that its address holds, so that a link or a reload finds it again. */
export interface NewJobAddress {
  query: ListQuery;
  /** The job to begin with, null for none. */
  from: string | null;
  /** Entries that were picked one by one before the page was opened. */
  picked: SelectionByIds | null;
  /** Sets parts of the list query; undefined takes a part away. */
  change: (changes: ListQuery) => void;
  /** Puts another list query in the place of this one. */
  replace: (query: ListQuery) => void;
}

/** Reads and writes the page's address. */
export function useNewJobAddress(): NewJobAddress {
  const [{ query }] = useQueryParams<ListQuery>();
  const location = useLocation();
  const navigate = useNavigate();
  const state: unknown = location.state;

  const replace = useCallback((next: ListQuery) => navigate(newJobAddress(next), { state }), [navigate, state]);
  const change = useCallback((changes: ListQuery) => replace({ ...query, ...changes }), [replace, query]);
  const picked = useMemo(() => readNewJobState(state).selection ?? null, [state]);
  return { query, from: query.from ?? null, picked, change, replace };
}
