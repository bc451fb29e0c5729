import type { KnownSettings } from './draft';

const keyOf = (contentType: string) => `AI_JOBS_LAST_USED:${contentType}`;

/** What was chosen for this content type the last time, in this browser; null for the first time. */
export function lastUsedSettings(contentType: string): KnownSettings | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(contentType)) ?? 'null');
    return typeof value === 'object' && value !== null ? (value as KnownSettings) : null;
  } catch {
    return null;
  }
}

/** Keeps what was chosen for the next time. A browser that keeps nothing only costs the convenience. */
export function rememberSettings(contentType: string, settings: KnownSettings): void {
  try {
    localStorage.setItem(keyOf(contentType), JSON.stringify(settings));
  } catch {
    return;
  }
}
