import type { ProblemCode } from '../contracts/problem';
import { problemAt, type InputProblem } from './invalid-input';
import { placeParams } from './schema-problems';

/** Nothing that a person means is nested so deep; what walks through it would run out of stack. */
const DEEPEST = 100;

const unfit = (path: string[], code: ProblemCode): InputProblem =>
  problemAt(path, code, { ...placeParams(path), levels: DEEPEST });

/**
 * What can be neither stored nor worked with, whatever the place: the character U+0000, which PostgreSQL's texts cannot
 * hold, and values nested beyond all measure.
 * @param input as JSON or a query gave it
 */
export function unfitInput(input: unknown, path: string[] = []): InputProblem | null {
  if (typeof input === 'string') return input.includes('\u0000') ? unfit(path, 'null_character') : null;
  if (typeof input !== 'object' || input === null) return null;
  if (path.length >= DEEPEST) return unfit(path.slice(0, 5), 'nested_too_deep');
  for (const [name, inner] of Object.entries(input)) {
    if (name.includes('\u0000')) return unfit(path, 'null_character_in_name');
    const found = unfitInput(inner, [...path, name]);
    if (found) return found;
  }
  return null;
}
