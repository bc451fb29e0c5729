/** True for the node of a blocks value, or of any tree with `children` and `text` leaves. */
function isNode(value: unknown): value is { type?: unknown; text?: unknown; children?: unknown } {
  return typeof value === 'object' && value !== null && ('text' in value || 'children' in value);
}

function nodeText(node: unknown): string {
  if (!isNode(node)) return '';
  if (typeof node.text === 'string') return node.text;
  if (!Array.isArray(node.children)) return '';
  const texts = node.children.map(nodeText);
  return texts.join(node.type === 'list' ? '\n' : '');
}

/** True for a field that holds nothing worth showing. */
export function isEmptyValue(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/**
 * A field's value as text to read: strings as they are, blocks as their paragraphs, anything else as JSON. Empty
 * values give an empty string.
 */
export function valueText(value: unknown): string {
  if (isEmptyValue(value)) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every(isNode)) return value.map(nodeText).join('\n\n');
  return JSON.stringify(value, null, 2);
}

/** The beginning of a value on one line, at most `length` characters. */
export function valueExcerpt(value: unknown, length: number): string {
  const line = valueText(value).replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}
