import { WorkError } from '../domain/work-error';
import type { ProviderLimits } from '../queue/message-queue';

/** Failures in a row after which a provider is left alone for a while. */
const FAILURES_TO_OPEN = 5;
const FIRST_REST_MS = 15_000;
/** Failures further apart than this do not belong together. */
const FORGET_FAILURES_MS = 20 * 60_000;
const LONGEST_REST_MS = 120_000;
const DEFAULT_LIMIT_WAIT_MS = 5_000;
/** Jobs that are remembered. */
const MOST_JOBS = 1_000;

interface Failures {
  failures: number;
  firstFailureAt: number;
  lastFailureAt: number;
  rests: number;
}

/**
 * A circuit breaker per provider: one that fails again and again is left alone for a while, by all processes.
 * @param pauseAfterMinutesDown when a provider that stays down pauses the jobs that need it.
 */
export function createProviderHealth(limits: () => ProviderLimits, pauseAfterMinutesDown: number) {
  const health = new Map<string, Failures>();
  /** How often each job had been resumed when it was last heard of here. */
  const resumesOf = new Map<number, number>();

  return {
    /**
     * A call went wrong on the provider's side: after some in a row it is left alone, after long the job pauses.
     * @param label what people call the provider
     * @returns what the call failed with, as its item is to see it
     */
    async failed(name: string, label: string, error: WorkError): Promise<WorkError> {
      if (error.trouble === 'limit') {
        await limits().block(name, Date.now() + (error.retryAfterMs ?? DEFAULT_LIMIT_WAIT_MS));
        return error;
      }
      if (error.trouble !== 'outage') {
        // It answered, so it is there.
        health.delete(name);
        return error;
      }
      const now = Date.now();
      const known = health.get(name);
      // What went wrong long ago is another story.
      const state =
        known && now - known.lastFailureAt < FORGET_FAILURES_MS
          ? known
          : { failures: 0, firstFailureAt: now, lastFailureAt: now, rests: 0 };
      state.lastFailureAt = now;
      state.failures += 1;
      health.set(name, state);
      const downMs = Date.now() - state.firstFailureAt;
      const resting = ((await limits().blockedUntil(name)) ?? 0) > now;
      if (state.failures >= FAILURES_TO_OPEN && !resting) {
        const restMs = Math.min(
          FIRST_REST_MS * 2 ** state.rests,
          LONGEST_REST_MS,
          pauseAfterMinutesDown * 60_000
        );
        state.rests += 1;
        state.failures = FAILURES_TO_OPEN - 1;
        await limits().block(name, Date.now() + restMs);
      }
      if (downMs > pauseAfterMinutesDown * 60_000) {
        return new WorkError(
          'provider_down',
          { provider: label, minutes: Math.round(downMs / 60_000) },
          { trouble: 'credentials', cause: error }
        );
      }
      if (state.rests === 0) return error;
      // It is known to be down: that it still is costs no item an attempt.
      const restsUntil = (await limits().blockedUntil(name)) ?? now;
      return new WorkError(error.reason.code, error.reason.params, {
        trouble: 'limit',
        retryAfterMs: Math.max(restsUntil - now, 1_000),
        cause: error,
      });
    },

    /** A job that a person has resumed, in whichever process: what was known of its provider's failures is forgotten. */
    heed(name: string, jobKey: number, resumes: number): void {
      const known = resumesOf.get(jobKey) ?? resumes;
      if (resumes > known) health.delete(name);
      if (resumesOf.size >= MOST_JOBS && !resumesOf.has(jobKey)) resumesOf.clear();
      // An attempt that began before the resuming may come later.
      resumesOf.set(jobKey, Math.max(known, resumes));
    },

    /** It answered, or a person says that it is well again: what was known of its failures is forgotten. */
    isWell: (name: string): void => void health.delete(name),
  };
}
