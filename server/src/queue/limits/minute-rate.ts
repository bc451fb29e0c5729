import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** What every limiter starts with: one window of 60 s; how much it holds is said with each call. */
export const RATE_WINDOW = { points: 1, duration: 60 };

export type Taking =
  /** When the window ends that it was taken from; epoch milliseconds. */
  | { taken: true; windowEndsAt: number }
  /** Milliseconds until the next window. */
  | { taken: false; waitMs: number };

/** So much per minute, per provider: requests, or tokens. */
export interface MinuteRate {
  /** Takes `amount` of what this minute holds; where that is not left, nothing. */
  take(provider: string, perMinute: number, amount: number): Promise<Taking>;
  /** Takes so much more of this minute, whatever is left of it; less than 0 gives back. */
  correct(provider: string, amount: number): Promise<void>;
}

function isRefusal(outcome: unknown): outcome is RateLimiterRes {
  return (
    typeof outcome === 'object' &&
    outcome !== null &&
    'msBeforeNext' in outcome &&
    !(outcome instanceof Error)
  );
}

/**
 * Counts with one limiter per provider, as the limit may differ between providers and change at any time.
 * @param create makes a limiter, once per provider and only when it is needed.
 */
export function createMinuteRate(create: () => Promise<RateLimiterAbstract>): MinuteRate {
  const limiters = new Map<string, Promise<RateLimiterAbstract>>();
  const limiterOf = (provider: string): Promise<RateLimiterAbstract> => {
    const made = limiters.get(provider) ?? create();
    limiters.set(provider, made);
    return made;
  };
  return {
    async take(provider, perMinute, amount) {
      const limiter = await limiterOf(provider);
      limiter.points = perMinute;
      try {
        const { msBeforeNext } = await limiter.consume(provider, amount);
        return { taken: true, windowEndsAt: Date.now() + msBeforeNext };
      } catch (outcome) {
        // rate-limiter-flexible rejects with its own result, not an Error, where the limit is reached; and counts all the same.
        if (!isRefusal(outcome)) throw outcome;
        if (amount > 1) await limiter.reward(provider, amount);
        return { taken: false, waitMs: Math.max(outcome.msBeforeNext, 1) };
      }
    },
    async correct(provider, amount) {
      if (amount === 0) return;
      const limiter = await limiterOf(provider);
      await (amount > 0 ? limiter.penalty(provider, amount) : limiter.reward(provider, -amount));
    },
  };
}
