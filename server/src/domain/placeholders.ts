import { createBoundedCache, type BoundedCache } from './bounded-cache';
import { labelFor } from './fields';
import type { Attribute, SchemaLookup } from './schema';

export { templateData } from './template-data';

/** A value of an entry that a prompt may name. */
export interface Placeholder {
  /** `title`, `seo.metaTitle`, `chapter.book.name`. */
  path: string;
  /** For people: "Chapter › Book › Name". */
  label: string;
  /** Short names, the first one to be shown: `book_name`. */
  aliases: string[];
  /** The attribute's type. */
  type: string;
}

/** Names that every prompt may use besides: the entry's language, and the day as `2025-03-14`. */
export const GLOBAL_PLACEHOLDERS: readonly string[] = ['locale', 'today'];

/** More than people choose from; the nearest ones are kept. */
const MOST_PLACEHOLDERS = 2_000;
const MOST_TYPES_KNOWN = 200;

const SCALARS = new Set(
  'string text richtext blocks email uid enumeration json integer biginteger float decimal boolean date time datetime timestamp'.split(
    ' '
  )
);
const TO_ONE = new Set(['oneToOne', 'manyToOne']);
const SKIPPED = new Set([
  'id',
  'documentId',
  'locale',
  'localizations',
  'createdBy',
  'updatedBy',
  'strapi_stage',
  'strapi_assignee',
]);
/** Of these only the entry's own are offered. */
const TIMESTAMPS = new Set(['createdAt', 'updatedAt', 'publishedAt']);

/** A to-one relation or a single component; null for everything else. */
function leadsTo(attribute: Attribute): { uid: string; isRelation: boolean } | null {
  if (attribute.type === 'component')
    return attribute.component && !attribute.repeatable
      ? { uid: attribute.component, isRelation: false }
      : null;
  if (attribute.type !== 'relation' || !attribute.target || !TO_ONE.has(attribute.relation ?? ''))
    return null;
  const isPeople =
    attribute.target.startsWith('admin::') || attribute.target.startsWith('plugin::users-permissions.');
  return isPeople ? null : { uid: attribute.target, isRelation: true };
}

/** What a relation is called in an alias: its name, and the last word of it: `bookGroup` → `bookGroup`, `group`. */
function aliasNames(relation: string): string[] {
  const lastWord = relation
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .split(/[_-]+/)
    .filter((word) => word !== '')
    .at(-1)
    ?.toLowerCase();
  return [...new Set([relation, ...(lastWord ? [lastWord] : [])])];
}

interface Place {
  uid: string;
  prefix: string;
  label: string;
  /** Relations followed so far. */
  depth: number;
  /** Types on the way, this one included. */
  seen: readonly string[];
  /** What an alias calls this place; none for the entry itself and for components. */
  names: string[];
}

/** Schemas stay as they are while Strapi runs: a lookup gives the same for a type every time. */
const knownOf = new WeakMap<SchemaLookup, BoundedCache<string, Placeholder[]>>();

/**
 * What a prompt may name for a content type: its scalar attributes, those of its single components, and the same of
 * what its to-one relations lead to, nearest first. No type is entered twice on one way. Not offered: passwords,
 * private attributes, people's accounts, lists. Each alias belongs to the nearest path that can have it.
 * @param maxDepth relations followed on one way
 */
export function placeholdersOf(uid: string, lookup: SchemaLookup, maxDepth = 4): Placeholder[] {
  let known = knownOf.get(lookup);
  if (!known) knownOf.set(lookup, (known = createBoundedCache(MOST_TYPES_KNOWN)));
  return known.get(`${maxDepth} ${uid}`, () => findPlaceholders(uid, lookup, maxDepth));
}

function findPlaceholders(uid: string, lookup: SchemaLookup, maxDepth: number): Placeholder[] {
  const placeholders: Placeholder[] = [];
  let places: Place[] = [{ uid, prefix: '', label: '', depth: 0, seen: [uid], names: [] }];
  while (places.length > 0 && placeholders.length < MOST_PLACEHOLDERS) {
    const next: Place[] = [];
    for (const place of places) {
      for (const [name, attribute] of Object.entries(lookup(place.uid)?.attributes ?? {})) {
        if (SKIPPED.has(name) || attribute.private || (attribute.visible === false && !TIMESTAMPS.has(name)))
          continue;
        const path = place.prefix + name;
        const label = place.label + labelFor(name);
        if (SCALARS.has(attribute.type)) {
          if (TIMESTAMPS.has(name) && place.prefix !== '') continue;
          placeholders.push({
            path,
            label,
            aliases: place.names.map((relation) => `${relation}_${name}`),
            type: attribute.type,
          });
          continue;
        }
        const target = leadsTo(attribute);
        if (!target || place.seen.includes(target.uid) || (target.isRelation && place.depth >= maxDepth))
          continue;
        next.push({
          uid: target.uid,
          prefix: `${path}.`,
          label: `${label} › `,
          depth: place.depth + (target.isRelation ? 1 : 0),
          seen: [...place.seen, target.uid],
          names: target.isRelation ? aliasNames(name) : [],
        });
      }
    }
    places = next;
  }
  return withUniqueAliases(placeholders.slice(0, MOST_PLACEHOLDERS));
}

function withUniqueAliases(placeholders: Placeholder[]): Placeholder[] {
  const taken = new Set([
    ...GLOBAL_PLACEHOLDERS,
    ...placeholders.map(({ path }) => path.split('.')[0] ?? path),
  ]);
  return placeholders.map((placeholder) => ({
    ...placeholder,
    aliases: placeholder.aliases.filter((alias) => !taken.has(alias) && taken.add(alias)),
  }));
}

/** What the Document Service is asked for. */
export interface ReadingPlan {
  fields: string[];
  populate: Record<string, ReadingPlan>;
}

/**
 * The `fields` and `populate` that read what the paths name and no more; ids come by themselves. A path that names a
 * relation or component itself (`chapter`) reads whether there is one. Unknown paths are left out.
 */
export function populateFor(paths: string[], lookup: SchemaLookup, uid: string): ReadingPlan {
  const inner = new Map<string, string[]>();
  const fields = new Set<string>();
  const attributes = lookup(uid)?.attributes ?? {};
  for (const path of paths) {
    const [name = '', ...rest] = path.split('.');
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (!attribute) continue;
    if (leadsTo(attribute))
      inner.set(name, [...(inner.get(name) ?? []), ...(rest.length > 0 ? [rest.join('.')] : [])]);
    else if (rest.length === 0 && SCALARS.has(attribute.type)) fields.add(name);
  }
  const populate = [...inner].map(([name, innerPaths]) => {
    const target = leadsTo(attributes[name] ?? { type: '' })?.uid ?? '';
    return [name, populateFor(innerPaths, lookup, target)] as const;
  });
  return { fields: [...fields], populate: Object.fromEntries(populate) };
}
