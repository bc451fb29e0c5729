import { isRecord } from './fault';

const MAX_WAIT_MS = 3_600_000;

/**
 * How long a provider asks to wait, in milliseconds, at most an hour; null: it does not say, or that the time is over already.
 * In this order: `retry-after-ms`; `Retry-After` in seconds or as a date; the reset of the limits that are used up
 * (`x-ratelimit-reset-requests: 6m0s`); Gemini's RetryInfo in the error's details (`retryDelay: "23s"`).
 */
export function readRetryAfter(headers: Headers | null, details: unknown, now: number): number | null {
  const wait =
    toCome(numberOf(headers?.get('retry-after-ms'), 1)) ??
    toCome(numberOf(headers?.get('retry-after'), 1_000)) ??
    toCome(untilDate(headers?.get('retry-after'), now)) ??
    toCome(untilReset(headers)) ??
    toCome(fromRetryInfo(details));
  return wait === null ? null : Math.round(Math.min(wait, MAX_WAIT_MS));
}

/** A time that is over already says nothing of when to come again. */
const toCome = (wait: number | null): number | null => (wait !== null && wait >= 1 ? wait : null);

function numberOf(text: string | null | undefined, unitMs: number): number | null {
  return text && /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) * unitMs : null;
}

function untilDate(text: string | null | undefined, now: number): number | null {
  const time = text ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? null : time - now;
}

/** The longest of those with nothing remaining; where that is not told, of both. */
function untilReset(headers: Headers | null): number | null {
  const waits = ['requests', 'tokens'].flatMap((kind) => {
    const remaining = Number(headers?.get(`x-ratelimit-remaining-${kind}`) ?? 0);
    const wait = readDuration(headers?.get(`x-ratelimit-reset-${kind}`));
    return wait === null || remaining > 0 ? [] : [wait];
  });
  return waits.length > 0 ? Math.max(...waits) : null;
}

function fromRetryInfo(details: unknown): number | null {
  if (!Array.isArray(details)) return null;
  for (const detail of details) {
    if (isRecord(detail) && typeof detail.retryDelay === 'string') return readDuration(detail.retryDelay);
  }
  return null;
}

const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `20ms`, `1s`, `6m0s`, `1h2m3.5s` in milliseconds; a bare number is seconds. */
function readDuration(text: string | null | undefined): number | null {
  if (!text) return null;
  const trimmed = text.trim();
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(trimmed)) return numberOf(trimmed, 1_000);
  let total = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  return total;
}
