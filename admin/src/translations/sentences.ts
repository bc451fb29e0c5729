import { useEffect, useSyncExternalStore } from 'react';

/** The server's sentences by their codes, of problems and of reasons. */
export type Sentences = Record<string, string | undefined>;

const loaded = new Map<string, Sentences>();
const loading = new Map<string, Promise<Sentences | null>>();
const listeners = new Set<() => void>();

async function importSentences(locale: string): Promise<Sentences | null> {
  if (locale !== 'vi') return null;
  const [reasons, problems] = await Promise.all([
    import('../../../server/src/contracts/reasons/vi.json'),
    import('../../../server/src/contracts/problems/vi.json'),
  ]);
  return { ...reasons.default, ...problems.default };
}

/** Loads them once. Null for English, in which the server words everything itself, and for languages that there are none in. */
export function loadSentences(locale: string): Promise<Sentences | null> {
  const known = loading.get(locale);
  if (known) return known;
  const started = importSentences(locale).then((sentences) => {
    if (sentences) loaded.set(locale, sentences);
    for (const listener of listeners) listener();
    return sentences;
  });
  // Without the network for a moment: the next page tries again.
  started.catch(() => loading.delete(locale));
  loading.set(locale, started);
  return started;
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The sentences of a language, loaded when they are first asked for; null until then. */
export function useSentences(locale: string): Sentences | null {
  useEffect(() => void loadSentences(locale).catch(() => null), [locale]);
  return useSyncExternalStore(subscribe, () => loaded.get(locale) ?? null);
}
