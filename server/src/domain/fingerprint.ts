import { createHash } from 'node:crypto';

/** The value with the keys of every object in one order, so that equal values give equal JSON. */
function canonical(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(canonical);
  if (value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // An array of pairs: a key like `__proto__` or `1` is an ordinary one here, and the order is kept.
  return { $: entries.map(([key, inner]) => [key, canonical(inner)]) };
}

/**
 * A name for a value: equal for values that are equal as JSON, whatever the order of their keys. SHA-256, in hex.
 */
export function fingerprint(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(value)) ?? 'undefined')
    .digest('hex');
}
