import { useCallback, useState } from 'react';
import type { JobView } from '../../../../server/src/contracts';

interface Shown {
  /** Which list this is: its filter, order and page. */
  place: string;
  ids: string[];
}

export interface StableRows {
  rows: JobView[];
  /** Jobs that have come since and would push the shown ones down. */
  newcomers: number;
  showAll: () => void;
}

/**
 * Keeps the rows where they are while somebody reads: polled figures change in place, jobs that newly belong above a
 * shown one wait until the reader asks for them.
 *
 * @param place a key of the list shown; another key starts anew
 */
export function useStableRows(jobs: JobView[], place: string): StableRows {
  const [shown, setShown] = useState<Shown>({ place: '', ids: [] });
  const fresh = shown.place !== place || shown.ids.length === 0;
  const serverIds = jobs.map(({ id }) => id);

  let ids = serverIds;
  if (!fresh) {
    const known = new Set(shown.ids);
    const firstKnown = serverIds.findIndex((id) => known.has(id));
    const kept = shown.ids.filter((id) => serverIds.includes(id));
    const below = firstKnown === -1 ? serverIds : serverIds.slice(firstKnown).filter((id) => !known.has(id));
    ids = [...kept, ...below];
  }
  if (shown.place !== place || shown.ids.join() !== ids.join()) setShown({ place, ids });

  const byId = new Map(jobs.map((job) => [job.id, job]));
  const showAll = useCallback(() => setShown({ place: '', ids: [] }), []);
  return {
    rows: ids.flatMap((id) => byId.get(id) ?? []),
    newcomers: serverIds.length - ids.length,
    showAll,
  };
}
