import type { ModelSchema } from './schema';

/** As long as the column that keeps it. */
const LONGEST_LABEL = 255;

/** Attributes that name an entry, the most telling first. */
const NAMING_ATTRIBUTES = ['title', 'name', 'label', 'heading', 'headline', 'subject', 'displayName', 'slug'];

/** Attributes that every type has and no one is known by. */
const TECHNICAL_ATTRIBUTES = new Set(['documentId', 'locale']);

/** Cuts to a length in Strapi's count (UTF-16 units) without halving a character, with an ellipsis. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text
    .slice(0, length - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}

/** What people know an entry by: its main field on one line, at most 255 characters; else its document id. */
export function labelOf(entry: Record<string, unknown>, mainField: string | null): string {
  const value = mainField !== null && Object.hasOwn(entry, mainField) ? entry[mainField] : null;
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value).replace(/\s+/g, ' ').trim();
    if (text !== '') return shortened(text, LONGEST_LABEL);
  }
  return typeof entry.documentId === 'string' ? entry.documentId : '';
}

/** The attribute that names entries of a type; null where it has no string attribute. */
export function mainFieldOf(schema: ModelSchema): string | null {
  const readable = (name: string): boolean => {
    const attribute = Object.hasOwn(schema.attributes, name) ? schema.attributes[name] : undefined;
    return (
      attribute !== undefined && !attribute.private && ['string', 'text', 'uid'].includes(attribute.type)
    );
  };
  const naming = NAMING_ATTRIBUTES.find(readable);
  if (naming !== undefined) return naming;
  const strings = Object.keys(schema.attributes).filter(
    (name) =>
      schema.attributes[name]?.type === 'string' &&
      schema.attributes[name]?.visible !== false &&
      !TECHNICAL_ATTRIBUTES.has(name)
  );
  return strings.find(readable) ?? null;
}

/** The field that a job's entries are called by, of what is noted with it; empty: their document ids. */
export const labelFieldOf = (noted: string | null, schema: ModelSchema): string =>
  noted ?? mainFieldOf(schema) ?? '';
