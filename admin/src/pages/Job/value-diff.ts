import { diffWords } from 'diff';

/** A run of words, and on which side it stands: both, only before, only after. */
export interface DiffPart {
  text: string;
  side: 'both' | 'before' | 'after';
}

/** Long texts that share little take long to compare; then they are shown side by side as they are. */
const TIMEOUT_MS = 300;

/** What changed between two texts, word by word. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const parts = diffWords(before, after, { timeout: TIMEOUT_MS });
  if (parts === undefined) {
    return [
      { text: before, side: 'before' },
      { text: after, side: 'after' },
    ];
  }
  return parts.map(({ value, added, removed }) => ({
    text: value,
    side: added ? 'after' : removed ? 'before' : 'both',
  }));
}
