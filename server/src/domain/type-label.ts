import type { ModelSchema } from './schema';

/** How people call one entry of a type: "Post". */
export function typeLabel(schema: Pick<ModelSchema, 'info'> | undefined, uid: string): string {
  return schema?.info.displayName ?? uid;
}

/**
 * How people call several: "Posts", from the schema's plural name ("book-groups" → "Book groups"), where the display
 * name is the singular in English; a display name in another language stays as the project wrote it.
 */
export function pluralTypeLabel(schema: Pick<ModelSchema, 'info'> | undefined, uid: string): string {
  if (!schema) return uid;
  const { displayName, singularName, pluralName } = schema.info;
  const plain = (name: string): string =>
    name
      .replace(/[-_\s]+/g, ' ')
      .toLowerCase()
      .trim();
  if (!singularName || !pluralName || plain(displayName) !== plain(singularName)) return displayName;
  const words = plain(pluralName);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
