import type { FieldKind } from '../contracts/content-type';
import { nearest } from './nearest';
import type { Attribute, ModelSchema, SchemaLookup } from './schema';

/** A field that AI may write, with what Strapi demands of its value. */
export interface FieldDefinition {
  /** `metaTitle`, or `seo.metaTitle` inside a single component. */
  path: string;
  label: string;
  kind: FieldKind;
  required: boolean;
  minLength: number | null;
  /** In Strapi's count: UTF-16 units. */
  maxLength: number | null;
  /** For an enumeration: what it may hold. */
  options: string[] | null;
  /** What the whole value has to match; a regular expression's source. */
  regex: string | null;
  /** Whether each language has a value of its own. */
  localized: boolean;
  /** The component that a path with a dot leads into. */
  componentUid: string | null;
  /** Rich text that its editor keeps as HTML, not as Markdown. */
  htmlEditor: boolean;
}

const KINDS: Record<string, FieldKind> = {
  string: 'string',
  text: 'text',
  richtext: 'richtext',
  blocks: 'blocks',
  enumeration: 'enumeration',
  json: 'json',
};

/** Strapi keeps a `string` in a column of 255 characters and refuses longer ones, also where the attribute sets no limit. */
const LONGEST_STRING = 255;

/** Attributes that Strapi and its plugins add to every type. */
const SYSTEM_ATTRIBUTES = new Set([
  'id',
  'documentId',
  'locale',
  'localizations',
  'createdBy',
  'updatedBy',
  'createdAt',
  'updatedAt',
  'publishedAt',
]);

/** Editors that come as custom fields and keep HTML. */
const HTML_EDITOR = /ckeditor|tinymce|wysiwyg|quill|tiptap/i;

/** An attribute's name for people: `metaTitle` → "Meta title". */
export function labelFor(name: string): string {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[_\s-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const own = (schema: ModelSchema, name: string): Attribute | undefined =>
  Object.hasOwn(schema.attributes, name) ? schema.attributes[name] : undefined;

function kindOf(attribute: Attribute): FieldKind | null {
  // Strapi gives a custom field its underlying type when it starts; without the plugin it stays `customField`.
  if (attribute.type === 'customField')
    return HTML_EDITOR.test(attribute.customField ?? '') ? 'richtext' : null;
  return Object.hasOwn(KINDS, attribute.type) ? (KINDS[attribute.type] ?? null) : null;
}

function isWritable(name: string, attribute: Attribute): boolean {
  return (
    !SYSTEM_ATTRIBUTES.has(name) &&
    attribute.writable !== false &&
    attribute.visible !== false &&
    !attribute.private
  );
}

function define(
  path: string,
  label: string,
  attribute: Attribute,
  localized: boolean,
  componentUid: string | null
): FieldDefinition[] {
  const kind = kindOf(attribute);
  if (kind === null) return [];
  const limited = kind === 'string' || kind === 'text' || kind === 'richtext';
  const length = (limit: number | undefined): number | null =>
    limited && Number.isInteger(limit) ? (limit ?? null) : null;
  return [
    {
      path,
      label,
      kind,
      required: attribute.required === true,
      minLength: length(attribute.minLength),
      maxLength: length(attribute.maxLength) ?? (kind === 'string' ? LONGEST_STRING : null),
      options: kind === 'enumeration' ? [...(attribute.enum ?? [])] : null,
      regex:
        limited && typeof attribute.regex === 'string' && attribute.regex !== '' ? attribute.regex : null,
      localized,
      componentUid,
      htmlEditor: kind === 'richtext' && HTML_EDITOR.test(attribute.customField ?? ''),
    },
  ];
}

/**
 * The fields of a content type that AI may write: texts of all kinds, enumerations and JSON, also inside single
 * components, one level deep. Not: passwords, private and read-only attributes, uids, e-mails, relations, media,
 * dynamic zones, repeatable components. Empty for an unknown type.
 */
export function writableFields(uid: string, lookup: SchemaLookup): FieldDefinition[] {
  const schema = lookup(uid);
  if (!schema) return [];
  const localizedType = schema.pluginOptions?.i18n?.localized === true;
  return Object.entries(schema.attributes)
    .filter(([name, attribute]) => isWritable(name, attribute))
    .flatMap(([name, attribute]) => {
      const localized = localizedType && attribute.pluginOptions?.i18n?.localized === true;
      if (attribute.type !== 'component') return define(name, labelFor(name), attribute, localized, null);
      const component =
        attribute.repeatable || !attribute.component ? undefined : lookup(attribute.component);
      return Object.entries(component?.attributes ?? {})
        .filter(([inner, innerAttribute]) => isWritable(inner, innerAttribute))
        .flatMap(([inner, innerAttribute]) =>
          define(
            `${name}.${inner}`,
            `${labelFor(name)} › ${labelFor(inner)}`,
            innerAttribute,
            localized,
            attribute.component ?? null
          )
        );
    });
}

/** What was found at a path. */
export type FoundField =
  | { field: FieldDefinition }
  /** `attributeType`: there is such an attribute, but AI may not write it; `nearest`: the writable field with the nearest name. */
  | { field: null; attributeType: string | null; nearest: string | null };

/** Looks a writable field up by its path. */
export function findField(uid: string, path: string, lookup: SchemaLookup): FoundField {
  const fields = writableFields(uid, lookup);
  const field = fields.find((candidate) => candidate.path === path);
  if (field) return { field };
  const [first = '', second] = path.split('.');
  const schema = lookup(uid);
  const outer = schema && own(schema, first);
  const component = outer?.type === 'component' && outer.component ? lookup(outer.component) : undefined;
  const attribute = second === undefined ? outer : component && own(component, second);
  return {
    field: null,
    attributeType: attribute?.type ?? null,
    nearest: nearest(
      path,
      fields.map((candidate) => candidate.path)
    ),
  };
}
