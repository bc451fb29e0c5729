import { describe, expect, it } from 'vitest';
import { nearest } from '../../server/src/domain/nearest';

const names = [
  'title',
  'metaTitle',
  'chapter.name',
  'chapter.book.name',
  'book_name',
  'chapter_name',
  'mô tả',
];

describe('nearest', () => {
  it.each([
    ['titel', 'title'],
    ['TITLE', 'title'],
    ['meta_title', 'metaTitle'],
    ['metaTitel', 'metaTitle'],
    ['bok_name', 'book_name'],
    ['chapter.nam', 'chapter.name'],
    ['book.name', 'book_name'],
    ['name', 'chapter.name'],
    ['mô tã', 'mô tả'],
    ['completely different', null],
    ['', null],
    ['x'.repeat(100_000), null],
  ])('%s → %s', (word, expected) => {
    expect(nearest(word, names)).toBe(expected);
  });

  it('finds nothing among nothing', () => {
    expect(nearest('title', [])).toBeNull();
  });
});
