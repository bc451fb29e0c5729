import type { InputProblem } from './invalid-input';

/** Nothing that a person means is nested so deep; what walks through it would run out of stack. */
const DEEPEST = 100;

const unfit = (path: string[], what: string): InputProblem => ({
  path,
  message: `${path.join('.') || 'The input'} ${what}`,
});

/**
 * What can be neither stored nor worked with, whatever the place: the character U+0000, which PostgreSQL's texts cannot
 * hold, and values nested beyond all measure.
 * @param input as JSON or a query gave it
 */
export function unfitInput(input: unknown, path: string[] = []): InputProblem | null {
  if (typeof input === 'string')
    return input.includes('\u0000')
      ? unfit(path, 'holds the character U+0000, which cannot be stored. Remove it.')
      : null;
  if (typeof input !== 'object' || input === null) return null;
  if (path.length >= DEEPEST)
    return unfit(path.slice(0, 5), `is nested deeper than ${DEEPEST} levels. Send less deep a value.`);
  for (const [name, inner] of Object.entries(input)) {
    if (name.includes('\u0000'))
      return unfit(path, 'has a property whose name holds the character U+0000. Remove it.');
    const found = unfitInput(inner, [...path, name]);
    if (found) return found;
  }
  return null;
}
