import { expect, test } from 'vitest';
import categories from '../../demo/content';

test('the bookshop has as much on its shelves as its readers are told', () => {
  const groups = categories.flatMap((category) => category.groups);
  const books = groups.flatMap((group) => group.books);
  const chapters = books.flatMap((book) => book.chapters);
  const posts = chapters.flatMap((chapter) => chapter.posts);
  expect(categories.length).toBeGreaterThanOrEqual(4);
  expect([groups.length, books.length, chapters.length, posts.length]).toEqual([8, 16, 48, 120]);
  const titles = [
    ...[...categories, ...groups, ...books, ...chapters].map(({ name }) => name),
    ...posts.map(({ title }) => title),
  ];
  expect(titles.filter((title) => title.trim() === '')).toEqual([]);
  expect(posts.filter(({ body }) => body.length < 200).map(({ title }) => title)).toEqual([]);
});
