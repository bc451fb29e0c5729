import { expect, it } from 'vitest';
import { entryPath } from '../../../admin/src/components/paths';

const entry = { contentType: 'api::post.post', singleType: false, documentId: 'abc', locale: null };

it.each([
  [entry, '/content-manager/collection-types/api::post.post/abc'],
  [
    { ...entry, locale: 'vi' },
    '/content-manager/collection-types/api::post.post/abc?plugins[i18n][locale]=vi',
  ],
  [
    { ...entry, contentType: 'api::about.about', singleType: true, locale: 'vi' },
    '/content-manager/single-types/api::about.about?plugins[i18n][locale]=vi',
  ],
])('an entry in the Content Manager: %j', (given, path) => {
  expect(entryPath(given)).toBe(path);
});
