import { describe, expect, it } from 'vitest';
import { findField, labelFor, writableFields } from '../../server/src/domain/fields';
import { bookshop, POST } from './bookshop-schemas';

const fields = writableFields(POST, bookshop);
const at = (path: string) => fields.find((field) => field.path === path);

describe('writableFields', () => {
  it('offers texts of all kinds, also inside single components, and nothing else', () => {
    expect(fields.map((field) => `${field.path}: ${field.kind}`)).toEqual([
      'title: string',
      'body: richtext',
      'article: richtext',
      'editorial: richtext',
      'content: blocks',
      'metaTitle: string',
      'metaDescription: text',
      'mood: enumeration',
      'facts: json',
      'seo.metaTitle: string',
      'seo.summary: blocks',
    ]);
  });

  it.each([
    ['title', { required: true, maxLength: 255, minLength: null, localized: true, componentUid: null }],
    ['metaTitle', { required: false, maxLength: 60, minLength: 10, localized: false }],
    ['metaDescription', { maxLength: 160 }],
    ['body', { maxLength: null, htmlEditor: false }],
    ['article', { htmlEditor: true }],
    ['editorial', { htmlEditor: true }],
    ['mood', { options: ['happy', 'sad', 'rất vui'], maxLength: null }],
    [
      'seo.metaTitle',
      { maxLength: 70, componentUid: 'shared.seo', localized: true, label: 'Seo › Meta title' },
    ],
  ])('%s: %j', (path, expected) => {
    expect(at(path)).toMatchObject(expected);
  });

  it('knows no fields of an unknown type', () => {
    expect(writableFields('api::nothing.nothing', bookshop)).toEqual([]);
  });
});

describe('findField', () => {
  it.each([
    ['metaTitel', { attributeType: null, nearest: 'metaTitle' }],
    ['seo.metaTitel', { attributeType: null, nearest: 'seo.metaTitle' }],
    ['cover', { attributeType: 'media' }],
    ['slug', { attributeType: 'uid' }],
    ['seo.social', { attributeType: 'component' }],
    ['constructor', { attributeType: null, nearest: null }],
    ['__proto__.polluted', { attributeType: null, nearest: null }],
  ])('%s', (path, expected) => {
    expect(findField(POST, path, bookshop)).toMatchObject({ field: null, ...expected });
  });

  it('finds a field in a component', () => {
    expect(findField(POST, 'seo.metaTitle', bookshop).field?.maxLength).toBe(70);
  });
});

describe('labelFor', () => {
  it.each([
    ['metaTitle', 'Meta title'],
    ['meta_description', 'Meta description'],
    ['SEO', 'Seo'],
    ['h1Text', 'H1 text'],
    ['tiêuĐề', 'Tiêu đề'],
  ])('%s → %s', (name, label) => {
    expect(labelFor(name)).toBe(label);
  });
});
