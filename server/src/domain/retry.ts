/** Seconds before the second, third … attempt where the configuration says nothing. */
export const DEFAULT_BACKOFF_SECONDS: readonly number[] = [60, 300, 900];

/**
 * How long to wait before the next attempt, in milliseconds: the step of the attempt that failed (the last one
 * repeats), spread by ±25 % so that items which failed together do not come back together.
 */
export function backoffMs(
  failedAttempts: number,
  steps: readonly number[],
  random: () => number = Math.random
): number {
  const step = steps[Math.min(Math.max(failedAttempts, 1), steps.length) - 1] ?? 60;
  return Math.round(step * 1_000 * (0.75 + random() * 0.5));
}

/**
 * How long an attempt whose time is over is left to say so itself, in milliseconds: a call that times out knows whom
 * it waited for, and the provider's health hears of it.
 */
export const TIMEOUT_GRACE_MS = 1_000;
