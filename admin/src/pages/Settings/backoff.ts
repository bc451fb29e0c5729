const MAX_SECONDS = 86_400;
const MAX_STEPS = 10;

/** Reads "60, 300, 900" as seconds; null where it is something else. */
export function readBackoff(typed: string): number[] | null {
  const parts = typed
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .map(Number);
  const valid = parts.every((part) => Number.isInteger(part) && part >= 0 && part <= MAX_SECONDS);
  return valid && parts.length > 0 && parts.length <= MAX_STEPS ? parts : null;
}
