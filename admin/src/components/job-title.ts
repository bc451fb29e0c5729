import { useCallback } from 'react';
import type { JobView } from '../../../server/src/contracts';
import { useText } from './text';

/** A job's title in the reader's language: as a person gave it, or the plugin's own words around it. */
export function useJobTitle(): (job: Pick<JobView, 'title' | 'madeTitle'>) => string {
  const text = useText();
  return useCallback(
    ({ title, madeTitle }) => (madeTitle ? text(`jobTitle.${madeTitle.code}`, madeTitle.params) : title),
    [text]
  );
}
