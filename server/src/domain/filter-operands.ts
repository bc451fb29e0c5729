const GROUPS = new Set(['$and', '$or']);
const RANGES = new Set(['$between']);

/** Each condition on a relation is a join: thousands of them would keep the whole server waiting. */
export const MOST_CONDITIONS = 200;

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/**
 * The first operator in Strapi's filters whose value it cannot take, such as `title.$eq` with an object; null: none.
 * Strapi drops such a condition in silence, and the rest would match more than was meant.
 * Source of the operators: Strapi's documentation, "REST API: Filters".
 */
export function wrongOperand(filters: unknown, path: string[] = []): string | null {
  if (Array.isArray(filters)) {
    for (const inner of filters) {
      const found = wrongOperand(inner, path);
      if (found) return found;
    }
    return null;
  }
  if (typeof filters !== 'object' || filters === null) return null;
  for (const [key, value] of Object.entries(filters)) {
    const here = [...path, key];
    if (!key.startsWith('$') || GROUPS.has(key) || key === '$not') {
      const found = wrongOperand(value, here);
      if (found) return found;
      continue;
    }
    const isList = Array.isArray(value) && value.every(isPlain);
    const fits = RANGES.has(key) ? isList && value.length === 2 : isList || isPlain(value);
    if (!fits) return here.join('.');
  }
  return null;
}

/** How many conditions Strapi's filters consist of; a list that belongs to an operator is one. */
export function conditionsIn(filters: unknown): number {
  if (Array.isArray(filters))
    return filters.reduce<number>((sum, inner) => sum + Math.max(1, conditionsIn(inner)), 0);
  if (typeof filters !== 'object' || filters === null) return 1;
  return Object.entries(filters).reduce((sum, [key, value]) => {
    const isOperator = key.startsWith('$') && !GROUPS.has(key) && key !== '$not';
    return sum + (isOperator ? 1 : conditionsIn(value));
  }, 0);
}
