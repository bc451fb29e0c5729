import { useState } from 'react';
import type { CreateJobBody, SampleResponse } from '../../../../server/src/contracts';
import { useSampleJobMutation } from '../../api/jobs';
import { errorsStillTrue, useServerErrors, type ServerErrors } from '../../components/server-errors';

type Sample = SampleResponse['data'];

export interface SampleState {
  /** The last sample; null before the first. */
  sample: Sample | null;
  /** Whether something that matters was changed since. */
  outdated: boolean;
  isRunning: boolean;
  errors: ServerErrors | null;
  run: () => Promise<void>;
}

/** The most entries that a sample is tried on. */
const MOST_ENTRIES = 3;

/** On how many entries a sample is tried, of a selection of so many. */
export function sampleSize(total: number | undefined): number {
  return total ? Math.min(total, MOST_ENTRIES) : MOST_ENTRIES;
}

/** What decides about a sample: everything but the title, the priority and the start time. */
const deciding = ({ selection, settings }: CreateJobBody) => JSON.stringify({ selection, settings });

/** Tries the job on a few entries; nothing is written. */
export function useSample(body: CreateJobBody): SampleState {
  const serverErrors = useServerErrors();
  const [sampleJob, { isLoading }] = useSampleJobMutation();
  const [last, setLast] = useState<{
    about: CreateJobBody;
    sample: Sample | null;
    errors: ServerErrors | null;
  } | null>(null);
  const run = async () => {
    const answer = await sampleJob(body);
    setLast((before) => ({
      about: body,
      sample: 'data' in answer ? answer.data.data : (before?.sample ?? null),
      errors: 'data' in answer ? null : serverErrors(answer.error),
    }));
  };
  return {
    sample: last?.sample ?? null,
    outdated: last !== null && deciding(last.about) !== deciding(body),
    isRunning: isLoading,
    errors: last?.errors ? errorsStillTrue(last.errors, last.about, body) : null,
    run,
  };
}
