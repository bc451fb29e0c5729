import fc from 'fast-check';

const nested = (depth: number, wrap: (inner: unknown) => unknown, innermost: unknown): unknown => {
  let value = innermost;
  for (let level = 0; level < depth; level += 1) value = wrap(value);
  return value;
};

/** An object with an own property of that name, `__proto__` too. */
export function withProperty(object: object, name: string, value: unknown): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...object };
  Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** Nested deeper than JSON.stringify goes: these words stand for them until the body is bytes. */
const BOTTOMLESS: Record<string, string> = {
  'bottomless list': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  'bottomless object': `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  'bottomless filters': `${'{"$and":['.repeat(20_000)}{"title":"a"}${']}'.repeat(20_000)}`,
};

/** The bytes of a generated body. */
export function bytesOf(body: unknown): string {
  const text = JSON.stringify(body) ?? '';
  return Object.entries(BOTTOMLESS).reduce(
    (bytes, [word, deep]) => bytes.replaceAll(`"${word}"`, deep),
    text
  );
}

/** Texts that have broken things before. */
export const NASTY_TEXTS: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  'NaN',
  'Infinity',
  '1e999',
  'null',
  'undefined',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udfffb',
  '\u202eright to left',
  '\u2028\u2029',
  '👩‍👩‍👧‍👦'.repeat(50),
  'ế'.normalize('NFD').repeat(200),
  'x'.repeat(300),
  'x'.repeat(60_001),
  'x'.repeat(200_000),
  "'; drop table ai_jobs_jobs; --",
  '%',
  '_%\\',
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  '{{ title }}',
  '{{ title.constructor.constructor }}',
  '{% for i in (1..100000000) %}x{% endfor %}',
  '{% include "x" %}',
  '=cmd|" /C calc"!A0',
  '$eq',
  'api::post.post',
  'admin::user',
  'plugin::users-permissions.user',
  'me',
  'en',
  '2026-02-30T25:61:00Z',
  '9999-12-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
];

const OPERATORS = [
  '$eq $eqi $ne $nei $lt $lte $gt $gte $in $notIn $contains $notContains $containsi $startsWith $endsWith $endsWithi',
  '$null $notNull $between $or $and $not $jsonSupersetOf $regex $where $elemMatch $exists $',
]
  .join(' ')
  .split(' ');
const FIELDS = [
  'title',
  'id',
  'documentId',
  'createdAt',
  'publishedAt',
  'chapter',
  'chapter.name',
  'seo',
  'facts',
  'level',
  'body',
  'createdBy',
  'localizations',
  'locale',
  'password',
  '__proto__',
  'constructor',
  'no such field',
  '',
];

/** Strapi's filters, right and wrong, small and deep. */
export const nastyFilters = fc.letrec<{ filter: Record<string, unknown>; operand: unknown }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', 'a', '2026-01-01', [], {}, [1, 'a', null]),
    fc.constantFrom(...NASTY_TEXTS.filter((text) => text.length < 1_000)),
    fc.array(tie('operand'), { maxLength: 3 }),
    tie('filter')
  ),
  filter: fc
    .array(fc.tuple(fc.constantFrom(...OPERATORS, ...FIELDS), tie('operand')), { maxLength: 3 })
    .map((pairs) =>
      pairs.reduce<Record<string, unknown>>((object, [name, value]) => withProperty(object, name, value), {})
    ),
})).filter;

const nastyValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2_147_483_648, [], {}),
  fc.constantFrom(...NASTY_TEXTS),
  fc.jsonValue({ maxDepth: 4 }),
  nastyFilters,
  fc.constantFrom<unknown>(
    nested(300, (inner) => ({ a: inner }), 1),
    nested(900, (inner) => ({ $not: inner }), { title: 'a' }),
    ...Object.keys(BOTTOMLESS),
    nested(200, (inner) => ({ chapter: inner }), { name: 'a' }),
    { $or: Array.from({ length: 3_000 }, (_, index) => ({ title: `t${index}` })) },
    { title: { $in: Array.from({ length: 20_000 }, (_, index) => index) } },
    Array.from({ length: 20_000 }, () => 'a'),
    { __proto__: null, constructor: { prototype: { polluted: true } } },
    withProperty({}, '__proto__', { polluted: true, isAdmin: true })
  )
);

interface Place {
  holder: object;
  name: string;
}

/** Deeper lies only what an earlier change has nested thousands of levels deep. */
const DEEPEST = 12;

/** Every place inside a JSON value. */
function placesIn(value: unknown, depth = 1): Place[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    { holder: value, name },
    ...placesIn(inner, depth + 1),
  ]);
}

type Mutation = (place: Place, value: unknown) => void;

const set = ({ holder, name }: Place, value: unknown): void => {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
};
const current = ({ holder, name }: Place): unknown =>
  Object.entries(holder).find(([known]) => known === name)?.[1];

const MUTATIONS: Mutation[] = [
  set,
  set,
  set,
  ({ holder, name }) => void Reflect.deleteProperty(holder, name),
  (place) => set(place, [current(place), current(place)]),
  (place) => {
    const value = current(place);
    const copies = bytesOf(value).length < 100 ? 2_000 : 3;
    set(
      place,
      Array.from({ length: copies }, () => value)
    );
  },
  (place) => set(place, { value: current(place) }),
  (place) => set(place, String(current(place))),
  (place, value) => set({ ...place, name: '__proto__' }, value),
  (place, value) => set({ ...place, name: 'constructor' }, value),
  (place, value) => set({ ...place, name: 'unknown' }, value),
];

/** A right body with one to three parts replaced, removed, repeated or added; now and then as it is, or anything else. */
export function nearly(right: unknown): fc.Arbitrary<unknown> {
  const mutated = fc
    .array(fc.tuple(fc.nat(), fc.constantFrom(...MUTATIONS), nastyValues), { minLength: 1, maxLength: 3 })
    .map((changes) => {
      const body: unknown = structuredClone(right);
      for (const [position, mutate, value] of changes) {
        const places = placesIn(body);
        const place = places[position % places.length] ?? {
          holder: typeof body === 'object' && body !== null ? body : {},
          name: 'unknown',
        };
        // A copy: what a later change makes of it must not be what other requests begin with.
        mutate(place, structuredClone(value));
      }
      return body;
    });
  return fc.oneof(
    { weight: 8, arbitrary: mutated },
    { weight: 1, arbitrary: nastyValues },
    { weight: 1, arbitrary: fc.constant(right) }
  );
}
