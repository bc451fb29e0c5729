const GROUPS = new Set(['$and', '$or']);
const RANGES = new Set(['$between']);

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
