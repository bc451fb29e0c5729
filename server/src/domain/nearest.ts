import { distance } from 'fastest-levenshtein';

/** Longer than any name of an attribute: not worth comparing. */
const LONGEST_WORD = 200;

/** Case and the signs that join words do not count: `MetaTitle`, `meta_title` and `meta.title` are one. */
const plain = (word: string): string => word.toLowerCase().replace(/[\s._-]+/g, '');

/**
 * What somebody probably meant by a word that does not exist: the candidate with the fewest letters to change, where
 * that is at most two in five of them; else a path that ends with the word (`name` → `chapter.name`), the shortest.
 * Null where nothing comes near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = plain(word);
  if (wanted === '' || wanted.length > LONGEST_WORD) return null;
  let best: string | null = null;
  let bestDistance = Math.ceil(wanted.length * 0.4) + 1;
  let ending: string | null = null;
  for (const candidate of candidates) {
    if (candidate === word) return candidate;
    const letters = distance(wanted, plain(candidate));
    const closer =
      letters < bestDistance ||
      (letters === bestDistance && best !== null && distance(word, candidate) < distance(word, best));
    if (closer) {
      best = candidate;
      bestDistance = letters;
    }
    if (candidate.endsWith(`.${word}`) && (ending === null || candidate.length < ending.length))
      ending = candidate;
  }
  return bestDistance > 1 && ending !== null ? ending : (best ?? ending);
}
