import { useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import type { EntryAddress } from '../api/entries';
import type { Reason } from '../../../server/src/contracts';
import { useItemActionMutation, useListItemsQuery } from '../api/jobs';
import { useErrorText } from '../components/errors';
import { useWatchedJob } from './use-watched-job';

interface Undo {
  undo: (item: { jobId: string; itemId: number }) => Promise<void>;
  isUndoing: boolean;
  /** Set once the undoing is over. */
  outcome: UndoOutcome | null;
}

/** `reason` says why fields were left alone: somebody changed them since. */
export interface UndoOutcome {
  /** Whether every field holds again what it held before. */
  undone: boolean;
  reason: Reason | null;
}

/** Takes back what was written into an entry: a job of its own, waited for here. */
export function useUndo(entry: EntryAddress): Undo {
  const errorText = useErrorText();
  const { toggleNotification } = useNotification();
  const [act, { isLoading }] = useItemActionMutation();
  const [jobId, setJobId] = useState<string | null>(null);
  const { job, over } = useWatchedJob(jobId, entry);
  const items = useListItemsQuery(
    { jobId: jobId ?? '', page: 1, pageSize: 1 },
    { skip: !over, refetchOnMountOrArgChange: true }
  );
  const item = items.currentData?.data[0] ?? null;
  const isKnown = over && (item !== null || items.isError);
  return {
    undo: async ({ jobId: of, itemId }) => {
      const answer = await act({ jobId: of, itemId, action: 'undo' });
      if ('error' in answer) toggleNotification({ type: 'danger', message: errorText(answer.error) });
      else setJobId(answer.data.data.id);
    },
    isUndoing: isLoading || (jobId !== null && !isKnown),
    outcome: isKnown
      ? {
          undone: item?.status === 'completed' && item.message?.code !== 'undone_partly',
          reason: item?.error ?? item?.message ?? job?.reason ?? null,
        }
      : null,
  };
}
