import { blocksToMarkdown } from './blocks-to-markdown';
import type { Placeholder } from './placeholders';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a prompt shows it; null where there is nothing, so that `{% if subtitle %}` is false for an empty text. */
function shown(value: unknown, type: string): string | number | boolean | null {
  if (value === null || value === undefined || value === '') return null;
  if (value instanceof Date) return type === 'date' ? value.toISOString().slice(0, 10) : value.toISOString();
  if (type === 'blocks') return blocksToMarkdown(value) || null;
  if (type === 'json') return JSON.stringify(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}

/** Puts what stands in `entry` at a path into `data`; objects on the way are made, or null where there are none. */
function copyPath(
  entry: Record<string, unknown>,
  data: Record<string, unknown>,
  path: string[],
  type: string | null
): unknown {
  const [name = '', ...rest] = path;
  const value = Object.hasOwn(entry, name) ? entry[name] : null;
  const last = rest.length === 0;
  if (last && type !== null) return (data[name] = shown(value, type));
  if (!isObject(value)) {
    data[name] = null;
    return null;
  }
  const known = Object.hasOwn(data, name) ? data[name] : null;
  const inner = isObject(known) ? known : {};
  data[name] = inner;
  return last ? inner : copyPath(value, inner, rest, type);
}

/**
 * What a template is filled with: the values of an entry at the paths that the template names, as nested objects and
 * under their aliases. Blocks become Markdown, JSON its text, dates ISO 8601.
 * @param paths as `placeholderPathsIn` found them; one that names a relation itself tells whether it is there
 * @param globals `locale` and `today`; an attribute with such a name goes before
 */
export function templateData(
  entry: Record<string, unknown>,
  paths: string[],
  placeholders: Placeholder[],
  globals: { locale?: string | null; today?: string } = {}
): Record<string, unknown> {
  const byPath = new Map(placeholders.map((placeholder) => [placeholder.path, placeholder]));
  const data: Record<string, unknown> = {};
  const aliases: Record<string, unknown> = {};
  for (const path of paths) {
    const placeholder = byPath.get(path);
    const value = copyPath(entry, data, path.split('.'), placeholder?.type ?? null);
    for (const alias of placeholder?.aliases ?? []) aliases[alias] = value;
  }
  return { locale: globals.locale ?? null, today: globals.today ?? null, ...aliases, ...data };
}
