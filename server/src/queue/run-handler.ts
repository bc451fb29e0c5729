import type { FieldValues, ItemUsage } from '../contracts/item';
import { TIMEOUT_GRACE_MS } from '../domain/retry';
import { WorkError } from '../domain/work-error';
import type { ItemContext, JobType, Outcome, RunLimits } from '../job-types/job-type';
import type { Claim } from '../store/claims';
import type { Job } from '../store/job-row';
import { startAttemptClock, type AttemptClock } from './attempt-clock';
import { StopSignal } from './attempt-ending';

/** What an attempt collects on its way: kept with the item however it ends. */
export interface AttemptRecord {
  values: Record<string, FieldValues> | null;
  /** The values that were stored with the item in the transaction that wrote its entry. */
  stored: Record<string, FieldValues> | null;
  /** The entry is being written: that is seen to its end, whatever stops the attempt. */
  writing: boolean;
  usage: ItemUsage;
  /** The attempt's own time, without what it waited for its turn to call; milliseconds. */
  durationMs: number;
}

/** How an attempt is told what happens to its job. */
export interface AttemptSignals {
  /** Cancelled, timed out, shut down, or taken over by another worker: everything ends now. */
  stop: AbortSignal;
  /** The job was paused: what runs may end, no further call begins. */
  pause: AbortSignal;
  /**
   * To be awaited right before what cannot be taken back: whoever was frozen past the lease must not pay once more for what
   * another worker has been given meanwhile. @throws the stop signal's reason where the item is not this worker's any more
   */
  stillOurs(): Promise<void>;
}

/** What a type's handler is run with. */
export interface HandlerOptions {
  jobType(name: string): JobType | null;
  limitsOf(type: JobType): RunLimits;
  contextFor(
    job: Job,
    claim: Claim,
    signals: AttemptSignals,
    limits: RunLimits,
    record: AttemptRecord,
    clock: AttemptClock
  ): Promise<ItemContext<unknown>>;
}

/** An item in hand, and the ways to stop its attempt. */
export interface Attempt {
  claim: Claim;
  controller: AbortController;
  pausing: AbortController;
  stillOurs(): Promise<void>;
}

/** How long a writing that has begun may go on after the attempt was stopped. */
const WRITING_GRACE_MS = 10_000;

/** Runs a type's handler for one item; whatever the handler does, it is over when the signal says so. */
export async function runHandler(
  options: HandlerOptions,
  job: Job,
  { claim, controller, pausing, stillOurs }: Attempt,
  record: AttemptRecord
): Promise<Outcome> {
  const type = options.jobType(job.type);
  if (!type) throw new WorkError('job_type_unknown', { type: job.type }, { trouble: 'credentials' });
  const limits = options.limitsOf(type);
  const clock = startAttemptClock(limits.timeoutSeconds * 1_000, TIMEOUT_GRACE_MS, () =>
    controller.abort(new StopSignal('timeout'))
  );
  let stop: (() => void) | undefined;
  let lastTimer: NodeJS.Timeout | undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => {
      if (record.writing)
        lastTimer = setTimeout(() => reject(controller.signal.reason as Error), WRITING_GRACE_MS);
      else reject(controller.signal.reason as Error);
    };
    if (controller.signal.aborted) stop();
    controller.signal.addEventListener('abort', stop, { once: true });
  });
  try {
    const work = options
      .contextFor(
        job,
        claim,
        {
          stop: controller.signal,
          pause: pausing.signal,
          stillOurs,
        },
        limits,
        record,
        clock
      )
      .then((context) => type.run(context));
    return await Promise.race([work, stopped]);
  } catch (error) {
    if (
      controller.signal.aborted &&
      controller.signal.reason instanceof StopSignal &&
      controller.signal.reason.why === 'timeout'
    ) {
      throw new WorkError(
        'provider_timeout',
        { provider: job.provider ?? job.type, seconds: limits.timeoutSeconds },
        { trouble: 'outage' }
      );
    }
    throw error;
  } finally {
    record.durationMs = clock.usedMs();
    clock.stop();
    clearTimeout(lastTimer);
    if (stop) controller.signal.removeEventListener('abort', stop);
  }
}
