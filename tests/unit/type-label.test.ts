import { expect, test } from 'vitest';
import { pluralTypeLabel, typeLabel } from '../../server/src/domain/type-label';

const schema = (displayName: string, singularName: string, pluralName: string) => ({
  info: { displayName, singularName, pluralName },
});

test.each([
  ['Post', 'post', 'posts', 'Posts'],
  ['Book group', 'book-group', 'book-groups', 'Book groups'],
  ['Category', 'category', 'categories', 'Categories'],
  ['Bài viết', 'post', 'posts', 'Bài viết'],
  ['Articles', 'article', 'articles', 'Articles'],
])('%s (%s, %s) is called %s where there are several', (displayName, singularName, pluralName, plural) => {
  expect(pluralTypeLabel(schema(displayName, singularName, pluralName), 'api::x.x')).toBe(plural);
  expect(typeLabel(schema(displayName, singularName, pluralName), 'api::x.x')).toBe(displayName);
});

test('a type that is gone is called by its uid', () => {
  expect(pluralTypeLabel(undefined, 'api::gone.gone')).toBe('api::gone.gone');
});
