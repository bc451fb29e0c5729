import type { ItemUsage } from '../contracts/item';

export const noUsage = (): ItemUsage => ({
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  costUsd: null,
  calls: 0,
});

/** Adds what was used to a sum, in place. */
export function addUsage(sum: ItemUsage, usage: ItemUsage): void {
  sum.inputTokens += usage.inputTokens;
  sum.cachedTokens += usage.cachedTokens;
  sum.outputTokens += usage.outputTokens;
  sum.reasoningTokens += usage.reasoningTokens;
  sum.calls += usage.calls;
  if (usage.costUsd !== null) sum.costUsd = (sum.costUsd ?? 0) + usage.costUsd;
}
