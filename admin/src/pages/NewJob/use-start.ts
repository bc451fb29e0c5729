import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useNotification } from '@strapi/strapi/admin';
import type { CreateJobBody } from '../../../../server/src/contracts';
import { useCreateJobMutation } from '../../api/jobs';
import { jobPath } from '../../components/paths';
import { errorsStillTrue, useServerErrors, type ServerErrors } from '../../components/server-errors';
import { useText } from '../../components/text';
import { useMay } from '../../components/use-may';
import { SEE_JOBS } from '../../permissions';

interface Start {
  start: () => Promise<boolean>;
  isStarting: boolean;
  /** What the server said against the last start, as far as it has not been changed since. */
  errors: ServerErrors | null;
}

/** 128 random bits; `crypto.randomUUID` is not there on an admin panel served without https. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0')
  ).join('');
}

/**
 * Starts a job and goes to its page, where the reader may see it. The same request sent twice, by a double click or
 * after a lost answer, makes one job: its key stays the same until something in it changes.
 */
export function useStart(body: CreateJobBody): Start {
  const text = useText();
  const serverErrors = useServerErrors();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const seesJobs = useMay(SEE_JOBS);
  const [createJob, { isLoading }] = useCreateJobMutation();
  const [refusal, setRefusal] = useState<{ about: CreateJobBody; errors: ServerErrors } | null>(null);
  const sent = useRef<{ request: string; key: string } | null>(null);

  const start = async () => {
    const request = JSON.stringify(body);
    if (sent.current?.request !== request) sent.current = { request, key: newKey() };
    const answer = await createJob({ ...body, idempotencyKey: sent.current.key });
    if ('error' in answer) {
      setRefusal({ about: body, errors: serverErrors(answer.error) });
      return false;
    }
    setRefusal(null);
    toggleNotification({
      type: 'success',
      message: text(seesJobs ? 'newJob.started' : 'newJob.startedUnseen'),
    });
    if (seesJobs) navigate(jobPath(answer.data.data.id));
    return true;
  };
  const errors = refusal && errorsStillTrue(refusal.errors, refusal.about, body);
  return { start, isStarting: isLoading, errors };
}
