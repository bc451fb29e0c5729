import type { LimitGrant, ProviderLimits } from '../message-queue';
import { within } from '../within';
import { createMemoryLimits } from './memory-limits';

/** How long the shared limits may take before this process goes by its own; milliseconds. */
const SHARED_LIMIT_MS = 1_000;

/** Gives back what was granted after nobody waited for it any more. */
async function releaseLate(pending: Promise<LimitGrant>): Promise<void> {
  const grant = await pending.catch(() => null);
  if (grant?.granted) await grant.release(0);
}

/**
 * The shared limits while their store answers, and this process's own while it does not: work that is already in hand goes on,
 * within the same numbers per process.
 * @param shared null while the backend is away.
 */
export function createFallbackLimits(shared: () => ProviderLimits | null): ProviderLimits {
  const own = createMemoryLimits();

  /** `fallback` where the shared limits are away, slow or fail. */
  const ask = async <T>(
    question: (limits: ProviderLimits) => Promise<T>,
    fallback: () => Promise<T>
  ): Promise<T> => {
    const limits = shared();
    if (!limits) return fallback();
    try {
      return await within(SHARED_LIMIT_MS, question(limits));
    } catch {
      return fallback();
    }
  };

  return {
    async acquire(provider, request) {
      // A block that could be written down only here still holds here.
      const blockedUntil = await own.blockedUntil(provider);
      if (blockedUntil !== null) {
        return { granted: false, because: 'blocked', retryAfterMs: Math.max(blockedUntil - Date.now(), 1) };
      }
      let pending: Promise<LimitGrant> | null = null;
      return ask(
        (limits) => (pending = limits.acquire(provider, request)),
        () => {
          if (pending) void releaseLate(pending);
          return own.acquire(provider, request);
        }
      );
    },
    block: (provider, until) =>
      ask(
        (limits) => limits.block(provider, until),
        () => own.block(provider, until)
      ),
    async unblock(provider) {
      await own.unblock(provider);
      await ask(
        (limits) => limits.unblock(provider),
        () => Promise.resolve()
      );
    },
    async blockedUntil(provider) {
      const here = await own.blockedUntil(provider);
      const everywhere = await ask(
        (limits) => limits.blockedUntil(provider),
        () => Promise.resolve(null)
      );
      return here === null && everywhere === null ? null : Math.max(here ?? 0, everywhere ?? 0);
    },
  };
}
