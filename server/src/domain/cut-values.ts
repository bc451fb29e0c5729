import type { FieldValues, ShownValues } from '../contracts/item';

/** The most characters of one value in a list. */
export const LONGEST_LISTED_VALUE = 2_000;
/** The most characters of all values of an item in a list: the more fields it has, the shorter is each. */
const LONGEST_LISTED_ITEM = 20_000;

interface CutValue {
  value: unknown;
  isCut: boolean;
}

/** The beginning of a text, without halving a character. */
const beginning = (text: string, length: number): string =>
  text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');

/** The beginning of a value, of the same kind: the texts, numbers and names in it have at most so many characters. */
export function cutValue(value: unknown, mostCharacters: number): CutValue {
  let left = mostCharacters;
  let isCut = false;
  const fits = (length: number): boolean => {
    isCut ||= length > left;
    left = Math.max(0, left - length);
    return !isCut;
  };
  const visit = (inner: unknown): unknown => {
    if (typeof inner === 'string') {
      const room = left;
      return fits(inner.length) ? inner : beginning(inner, room);
    }
    if (Array.isArray(inner)) {
      const kept: unknown[] = [];
      for (const member of inner) {
        if (!fits(1)) break;
        kept.push(visit(member));
      }
      return kept;
    }
    if (typeof inner !== 'object' || inner === null) {
      fits(1);
      return inner;
    }
    const kept: [string, unknown][] = [];
    for (const [name, member] of Object.entries(inner)) {
      if (!fits(name.length + 1)) break;
      kept.push([name, visit(member)]);
    }
    return Object.fromEntries(kept);
  };
  return { value: visit(value), isCut };
}

/** An item's values as lists show them: their beginnings, marked where that is not all. */
export function cutValues(values: Record<string, FieldValues>): Record<string, ShownValues> {
  const fields = Object.entries(values);
  const most = Math.min(LONGEST_LISTED_VALUE, Math.floor(LONGEST_LISTED_ITEM / (3 * fields.length)));
  return Object.fromEntries(
    fields.map(([field, whole]): [string, ShownValues] => {
      const before = cutValue(whole.before, most);
      const proposed = cutValue(whole.proposed, most);
      const written = cutValue(whole.written, most);
      const view = { before: before.value, proposed: proposed.value, written: written.value };
      return [field, before.isCut || proposed.isCut || written.isCut ? { ...view, cut: true } : view];
    })
  );
}
