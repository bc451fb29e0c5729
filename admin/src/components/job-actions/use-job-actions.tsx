import { useCallback, useState, type ReactNode } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import type { JobAction, JobView } from '../../../../server/src/contracts';
import { useDeleteJobMutation, useJobActionMutation } from '../../api/jobs';
import { jobPath, newJobFromPath } from '../paths';
import { useErrorText } from '../errors';
import { useJobTitle } from '../job-title';
import { useText } from '../text';
import { ConfirmJobAction, needsConfirmation, type JobRequest } from './ConfirmJobAction';

export interface JobActions {
  /** Does it, after a confirmation where it cannot be taken back. `errorCode` narrows a retry. */
  ask: (job: JobView, action: JobAction, errorCode?: string) => void;
  busy: boolean;
  /** The confirmation; render it once, anywhere. */
  dialog: ReactNode;
}

/**
 * What a person can have a job do. Says how it went; goes to the job that an undo or a publishing makes, and to New
 * job for a duplicate.
 */
export function useJobActions({ onDeleted }: { onDeleted?: () => void } = {}): JobActions {
  const [request, setRequest] = useState<JobRequest | null>(null);
  const [post, { isLoading: posting }] = useJobActionMutation();
  const [remove, { isLoading: removing }] = useDeleteJobMutation();
  const { toggleNotification } = useNotification();
  const navigate = useNavigate();
  const text = useText();
  const jobTitle = useJobTitle();
  const errorText = useErrorText();

  const perform = useCallback(
    async ({ job, action, errorCode }: JobRequest) => {
      if (action === 'duplicate') {
        navigate(newJobFromPath(job.id));
        return;
      }
      try {
        if (action === 'delete') {
          await remove(job.id).unwrap();
          onDeleted?.();
        } else {
          const body = errorCode === undefined ? {} : { errorCode };
          const { data } = await post({ id: job.id, action, body }).unwrap();
          if (action === 'undo' || action === 'publish') navigate(jobPath(data.id));
        }
        toggleNotification({
          type: 'success',
          message: text(`jobAction.${action}.done`, { title: jobTitle(job) }),
        });
      } catch (error) {
        toggleNotification({ type: 'danger', message: errorText(error) });
      } finally {
        setRequest(null);
      }
    },
    [errorText, jobTitle, navigate, onDeleted, post, remove, text, toggleNotification]
  );

  const ask = useCallback<JobActions['ask']>(
    (job, action, errorCode) => {
      const next = { job, action, errorCode };
      if (needsConfirmation(action)) setRequest(next);
      else void perform(next);
    },
    [perform]
  );

  const busy = posting || removing;
  const dialog = (
    <ConfirmJobAction
      request={request}
      busy={busy}
      onConfirm={(confirmed) => void perform(confirmed)}
      onClose={() => setRequest(null)}
    />
  );
  return { ask, busy, dialog };
}
