import { useEffect, useState } from 'react';
import { useDebounce } from '@strapi/strapi/admin';
import type { Selection, SelectionCountResponse } from '../../../server/src/contracts';
import { useCountSelectionMutation } from '../api/jobs';

export interface SelectionCount {
  /** Null until it is known, and where it could not be counted. */
  count: SelectionCountResponse['data'] | null;
  counting: boolean;
  error: unknown;
}

const CHANGE_PAUSE_MS = 400;

/**
 * Counts the entries of a selection, a moment after it last changed; null counts nothing.
 * @param fields those to be written: entries where the person may not write one of them count as forbidden
 */
export function useSelectionCount(selection: Selection | null, fields: string[] = []): SelectionCount {
  const [countSelection] = useCountSelectionMutation();
  const [answer, setAnswer] = useState<{
    for: string;
    count: SelectionCount['count'];
    error: unknown;
  } | null>(null);
  const current = selection === null ? '' : JSON.stringify({ selection, fields });
  const settled = useDebounce(current, CHANGE_PAUSE_MS);

  useEffect(() => {
    if (settled === '') return;
    let live = true;
    countSelection(JSON.parse(settled) as { selection: Selection; fields: string[] })
      .unwrap()
      .then(({ data }) => live && setAnswer({ for: settled, count: data, error: null }))
      .catch((error: unknown) => live && setAnswer({ for: settled, count: null, error }));
    return () => {
      live = false;
    };
  }, [countSelection, settled]);

  if (current === '') return { count: null, counting: false, error: null };
  if (answer?.for !== current) return { count: null, counting: true, error: null };
  return { count: answer.count, counting: false, error: answer.error };
}
