import { describe, expect, it } from 'vitest';
import { placeholdersOf, populateFor, templateData } from '../../server/src/domain/placeholders';
import type { ModelSchema } from '../../server/src/domain/schema';
import { bookshop, POST } from './bookshop-schemas';

const placeholders = placeholdersOf(POST, bookshop);
const paths = placeholders.map((placeholder) => placeholder.path);
const pathOf = (alias: string) =>
  placeholders.find((placeholder) => placeholder.aliases.includes(alias))?.path;

describe('placeholdersOf', () => {
  it.each([
    'title',
    'slug',
    'body',
    'seo.metaTitle',
    'seo.social.headline',
    'rating',
    'publishedAt',
    'chapter.name',
    'chapter.book.name',
    'chapter.book.seo.metaTitle',
    'chapter.book.bookGroup.category.name',
  ])('offers %s', (path) => {
    expect(paths).toContain(path);
  });

  it.each([
    ['passwords', /secret/],
    ['private attributes', /internalNote|robots|locale/],
    ['accounts of people', /author|reviewer|createdBy/],
    ['lists', /tags|faqs|posts|localizations/],
    ['media and zones', /cover|zone/],
    ['times of other entries', /\.createdAt/],
    ['what lies deeper than four relations', /shelf/],
    ['a type entered twice on one way', /parent|bestChapter/],
    ['technical ids', /documentId/],
  ])('offers no %s', (_what, pattern) => {
    expect(paths.filter((path) => pattern.test(path))).toEqual([]);
  });

  it.each([
    ['chapter_name', 'chapter.name'],
    ['chapter_description', 'chapter.description'],
    ['book_name', 'chapter.book.name'],
    ['bookGroup_name', 'chapter.book.bookGroup.name'],
    ['group_name', 'chapter.book.bookGroup.name'],
    ['category_name', 'chapter.book.bookGroup.category.name'],
    ['seo_metaTitle', undefined],
  ])('%s is %s', (alias, path) => {
    expect(pathOf(alias)).toBe(path);
  });

  it('labels for people', () => {
    expect(placeholders.find(({ path }) => path === 'chapter.book.name')?.label).toBe(
      'Chapter › Book › Name'
    );
  });

  it('gives each alias to the nearest path, and none that hides an attribute', () => {
    const lookup = (uid: string): ModelSchema | undefined =>
      ({
        'api::a.a': {
          near: { type: 'relation', relation: 'oneToOne', target: 'api::b.b' },
          group: { type: 'relation', relation: 'oneToOne', target: 'api::c.c' },
          near_name: { type: 'string' },
        },
        'api::b.b': {
          name: { type: 'string' },
          group: { type: 'relation', relation: 'manyToOne', target: 'api::c.c' },
        },
        'api::c.c': { name: { type: 'string' } },
      })[uid] === undefined
        ? undefined
        : {
            uid,
            modelType: 'contentType',
            info: { displayName: uid },
            attributes: {
              'api::a.a': {
                near: { type: 'relation', relation: 'oneToOne', target: 'api::b.b' },
                group: { type: 'relation', relation: 'oneToOne', target: 'api::c.c' },
                near_name: { type: 'string' },
              },
              'api::b.b': {
                name: { type: 'string' },
                group: { type: 'relation', relation: 'manyToOne', target: 'api::c.c' },
              },
              'api::c.c': { name: { type: 'string' } },
            }[uid] as ModelSchema['attributes'],
          };
    const found = placeholdersOf('api::a.a', lookup);
    expect(found.find(({ aliases }) => aliases.includes('group_name'))?.path).toBe('group.name');
    expect(found.find(({ path }) => path === 'near.group.name')?.aliases).toEqual([]);
    expect(found.find(({ path }) => path === 'near.name')?.aliases).toEqual([]);
  });

  it('stays bounded where every type leads to every other', () => {
    const uids = Array.from({ length: 12 }, (_, number) => `api::t${number}.t${number}`);
    const lookup = (uid: string): ModelSchema => ({
      uid,
      modelType: 'contentType',
      info: { displayName: uid },
      attributes: {
        name: { type: 'string' },
        ...Object.fromEntries(
          uids.map((target, number) => [`to${number}`, { type: 'relation', relation: 'manyToOne', target }])
        ),
      },
    });
    expect(placeholdersOf('api::t0.t0', lookup).length).toBe(2_000);
  });
});

describe('populateFor', () => {
  it.each([
    [['title', 'body'], { fields: ['title', 'body'], populate: {} }],
    [
      ['chapter.name', 'chapter.book.name', 'seo.metaTitle', 'title'],
      {
        fields: ['title'],
        populate: {
          chapter: { fields: ['name'], populate: { book: { fields: ['name'], populate: {} } } },
          seo: { fields: ['metaTitle'], populate: {} },
        },
      },
    ],
    [['chapter'], { fields: [], populate: { chapter: { fields: [], populate: {} } } }],
    [['chapter', 'chapter.name'], { fields: [], populate: { chapter: { fields: ['name'], populate: {} } } }],
    [
      ['nothing', 'author.password', 'secret', '__proto__.x', 'constructor', 'title.x'],
      { fields: [], populate: {} },
    ],
    [[], { fields: [], populate: {} }],
  ])('%j', (paths, plan) => {
    expect(populateFor(paths, bookshop, POST)).toEqual(plan);
  });
});

describe('templateData', () => {
  const entry = {
    title: 'Tiêu đề',
    subtitle: '',
    facts: { pages: 3 },
    content: [{ type: 'heading', level: 2, children: [{ type: 'text', text: 'Hi' }] }],
    publishedAt: new Date('2025-01-02T03:04:05Z'),
    releasedOn: '2025-01-02',
    featured: false,
    rating: 0,
    seo: null,
    chapter: { id: 1, name: 'One', book: { name: 'Big' }, secret: 'x' },
  };

  it('holds what the paths name, under its path and its aliases', () => {
    expect(
      templateData(entry, ['title', 'chapter.book.name', 'chapter.name'], placeholders, {
        locale: 'vi',
        today: '2025-03-14',
      })
    ).toEqual({
      locale: 'vi',
      today: '2025-03-14',
      title: 'Tiêu đề',
      chapter: { name: 'One', book: { name: 'Big' } },
      chapter_name: 'One',
      book_name: 'Big',
    });
  });

  it.each([
    ['content', '## Hi'],
    ['facts', '{"pages":3}'],
    ['publishedAt', '2025-01-02T03:04:05.000Z'],
    ['releasedOn', '2025-01-02'],
    ['featured', false],
    ['rating', 0],
    ['metaTitle', null],
  ])('%s is shown as %j', (path, expected) => {
    expect(templateData(entry, [path], placeholders)).toMatchObject({ [path]: expected });
  });

  it('is empty where a relation or component is missing', () => {
    expect(templateData({ chapter: null }, ['seo.metaTitle', 'chapter.book.name'], placeholders)).toEqual({
      locale: null,
      today: null,
      seo: null,
      chapter: null,
      book_name: null,
    });
  });

  it('tells whether a relation is there', () => {
    expect(templateData(entry, ['chapter'], placeholders).chapter).toEqual({});
    expect(templateData(entry, ['chapter', 'chapter.name'], placeholders).chapter).toEqual({ name: 'One' });
    expect(templateData(entry, ['seo'], placeholders).seo).toBeNull();
  });
});
