import { randomUUID } from 'node:crypto';
import type { ProviderLimits } from '../message-queue';
import { createLimits } from './limit-store';
import { createMinuteRate, RATE_WINDOW } from './minute-rate';

async function memoryRate() {
  const { RateLimiterMemory } = await import('rate-limiter-flexible');
  return new RateLimiterMemory(RATE_WINDOW);
}

/** Limits of this process: where one process owns the queue, and while a shared store is away. */
export function createMemoryLimits(): ProviderLimits {
  const blocks = new Map<string, number>();
  const slots = new Map<string, Map<string, number>>();

  const blockOf = (provider: string): number | null => {
    const until = blocks.get(provider) ?? 0;
    if (until > Date.now()) return until;
    blocks.delete(provider);
    return null;
  };

  return createLimits({
    blockedUntil: (provider) => Promise.resolve(blockOf(provider)),
    block(provider, until) {
      blocks.set(provider, Math.max(until, blocks.get(provider) ?? 0));
      return Promise.resolve();
    },
    unblock(provider) {
      blocks.delete(provider);
      return Promise.resolve();
    },
    takeSlot(provider, maxParallel, holdMs) {
      const blockedUntil = blockOf(provider);
      if (blockedUntil !== null) return Promise.resolve({ taken: false, blockedUntil });
      const held = slots.get(provider) ?? new Map<string, number>();
      slots.set(provider, held);
      const now = Date.now();
      for (const [other, expiresAt] of held) if (expiresAt <= now) held.delete(other);
      if (held.size >= maxParallel) return Promise.resolve({ taken: false, blockedUntil: null });
      const slot = randomUUID();
      held.set(slot, now + holdMs);
      return Promise.resolve({ taken: true, slot });
    },
    freeSlot(provider, slot) {
      slots.get(provider)?.delete(slot);
      return Promise.resolve();
    },
    requests: createMinuteRate(memoryRate),
    tokens: createMinuteRate(memoryRate),
  });
}
