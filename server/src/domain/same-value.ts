function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));

/**
 * Whether a field still holds what was read from it: the deep equality of JSON. Null, undefined and a missing key are
 * one; the order of keys does not count; an empty string is not null, because somebody may have emptied the field.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  const left = plain(a);
  const right = plain(b);
  if (Object.is(left, right) || left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, position) => sameValue(item, right[position]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  const valueOf = (object: Record<string, unknown>, key: string): unknown =>
    Object.hasOwn(object, key) ? object[key] : null;
  for (const key of keys) {
    if (!sameValue(valueOf(left, key), valueOf(right, key))) return false;
  }
  return true;
}

/** Kinds of nodes in a Strapi blocks value that show something without a text. */
const VISIBLE_NODES = new Set(['image']);

function isBlocksValue(value: unknown[]): value is Record<string, unknown>[] {
  return value.every(
    (node) =>
      isObject(node) &&
      typeof node.type === 'string' &&
      (Array.isArray(node.children) || typeof node.text === 'string')
  );
}

function hasContent(nodes: Record<string, unknown>[]): boolean {
  return nodes.some((node) => {
    if (typeof node.text === 'string' && node.text.trim() !== '') return true;
    if (typeof node.type === 'string' && VISIBLE_NODES.has(node.type)) return true;
    return Array.isArray(node.children) && hasContent(node.children.filter(isObject));
  });
}

/** Rich text that shows nothing, as HTML editors leave it: `<p>&nbsp;</p>`. */
const EMPTY_HTML = /^(?:\s|&nbsp;|<\/?(?:p|div|br|span)\s*\/?>)*$/i;
/** Longer than an editor's empty paragraph; a text as long as this is only looked at for white space. */
const LONGEST_EMPTY_HTML = 1_000;

function isEmptyText(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '' || (trimmed.length <= LONGEST_EMPTY_HTML && EMPTY_HTML.test(trimmed));
}

/** Whether there is nothing in a field for a reader: nothing at all, white space, `[]`, `{}`, blocks without text. */
export function isEmptyValue(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return isEmptyText(value);
  if (Array.isArray(value)) return value.length === 0 || (isBlocksValue(value) && !hasContent(value));
  if (value instanceof Date) return false;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
