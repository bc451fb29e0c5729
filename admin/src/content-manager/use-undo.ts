import { useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import type { EntryAddress } from '../api/entries';
import { useItemActionMutation } from '../api/jobs';
import { useErrorText } from '../components/errors';
import { useWatchedJob } from './use-watched-job';

interface Undo {
  undo: (item: { jobId: string; itemId: number }) => Promise<void>;
  isUndoing: boolean;
  /** True once the entry holds again what it held before, as far as nobody changed it since. */
  undone: boolean;
}

/** Takes back what was written into an entry: a job of its own, waited for here. */
export function useUndo(entry: EntryAddress): Undo {
  const errorText = useErrorText();
  const { toggleNotification } = useNotification();
  const [act, { isLoading }] = useItemActionMutation();
  const [jobId, setJobId] = useState<string | null>(null);
  const { over } = useWatchedJob(jobId, entry);
  return {
    undo: async ({ jobId: of, itemId }) => {
      const answer = await act({ jobId: of, itemId, action: 'undo' });
      if ('error' in answer) toggleNotification({ type: 'danger', message: errorText(answer.error) });
      else setJobId(answer.data.data.id);
    },
    isUndoing: isLoading || (jobId !== null && !over),
    undone: over,
  };
}
