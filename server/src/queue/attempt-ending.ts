import { backoffMs } from '../domain/retry';
import { isWorkError, WorkError } from '../domain/work-error';
import type { RunLimits } from '../job-types/job-type';
import type { Settlement } from '../store/settlements';

type StopReason = 'cancelled' | 'paused' | 'shutdown' | 'lost' | 'timeout';

/** Why a running attempt is told to stop. */
export class StopSignal extends Error {
  constructor(readonly why: StopReason) {
    super(why);
  }
}

/** How an item leaves an attempt that brought no outcome. */
export type AttemptEnding = Pick<Settlement, 'to' | 'reason' | 'nextAttemptAt' | 'countsAsAttempt'>;

const BACK_TO_THE_OTHERS: AttemptEnding = {
  to: 'pending',
  reason: null,
  nextAttemptAt: null,
  countsAsAttempt: false,
};

/** How much longer than told a limited item waits at most, so that not all come back at once. */
const JITTER = 0.2;
const DEFAULT_LIMIT_WAIT_MS = 5_000;
const DATABASE_WAIT_MS = 2_000;

/** What people may read of an unforeseen error. A driver's message holds the whole statement: only its code is told. */
function publicDetail(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 200);
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.message.slice(0, 200);
}

/** Why an attempt was stopped; null where it failed by itself, or took too long. */
export function stopOf(error: unknown, signal: AbortSignal): Exclude<StopReason, 'timeout'> | null {
  const told = signal.aborted && signal.reason instanceof StopSignal ? signal.reason.why : null;
  if (told !== null && told !== 'timeout') return told;
  if (error instanceof StopSignal && error.why === 'paused') return 'paused';
  return error instanceof Error && error.name === 'LeaseLostError' ? 'lost' : null;
}

/** A stop blames nobody; null: the item is another worker's by now. */
export function afterStop(stop: Exclude<StopReason, 'timeout'>): AttemptEnding | null {
  if (stop === 'lost') return null;
  return stop === 'cancelled' ? { ...BACK_TO_THE_OTHERS, to: 'cancelled' } : BACK_TO_THE_OTHERS;
}

/** What failed because the database was not there to be asked. */
export const databaseFailure = (cause: unknown): WorkError =>
  new WorkError('database_trouble', {}, { trouble: 'database', cause });

/** What was thrown, as a failure with a reason. */
export const toWorkError = (error: unknown): WorkError =>
  isWorkError(error)
    ? error
    : new WorkError('internal_error', { detail: publicDetail(error) }, { trouble: 'bug', cause: error });

/**
 * Put back at nobody's cost, tried again after a pause, or failed.
 * @param failed how many attempts have failed, this one included
 * @param limits null where nobody knows the type any more
 */
export function afterFailure(
  { trouble, reason, retryAfterMs }: WorkError,
  failed: number,
  limits: RunLimits | null
): AttemptEnding {
  if (trouble === 'credentials') return BACK_TO_THE_OTHERS;
  if (trouble === 'limit' || trouble === 'database') {
    const usualMs = trouble === 'limit' ? DEFAULT_LIMIT_WAIT_MS : DATABASE_WAIT_MS;
    const waitMs = Math.round((retryAfterMs ?? usualMs) * (1 + Math.random() * JITTER));
    return { to: 'pending', reason, nextAttemptAt: Date.now() + waitMs, countsAsAttempt: false };
  }
  if (trouble === 'input' || !limits || failed >= limits.attempts)
    return { to: 'failed', reason, nextAttemptAt: null, countsAsAttempt: true };
  const waitMs = Math.max(backoffMs(failed, limits.backoffSeconds), retryAfterMs ?? 0);
  return { to: 'pending', reason, nextAttemptAt: Date.now() + waitMs, countsAsAttempt: true };
}
