import { describe, expect, it } from 'vitest';
import { conditionsIn, wrongOperand } from '../../server/src/domain/filter-operands';

describe('wrongOperand', () => {
  it.each([
    [{ title: 'A' }],
    [{ title: { $containsi: 'a', $notNull: true } }],
    [{ id: { $in: [1, 2] } }],
    [{ createdAt: { $between: ['2025-01-01', '2025-02-01'] } }],
    [{ $and: [{ title: { $eq: null } }, { $or: [{ chapter: { book: { name: { $ne: 'x' } } } }] }] }],
    [{ title: { $not: { $contains: 'a' } } }],
    [null],
  ])('takes %j', (filters) => {
    expect(wrongOperand(filters)).toBeNull();
  });

  it.each([
    [{ title: { $contains: { a: 1 } } }, 'title.$contains'],
    [{ title: { $eq: {} } }, 'title.$eq'],
    [{ title: { $in: { a: 1 } } }, 'title.$in'],
    [{ title: { $in: [{ a: 1 }] } }, 'title.$in'],
    [{ title: { $between: 5 } }, 'title.$between'],
    [{ title: { $between: [5] } }, 'title.$between'],
    [{ $and: [{ chapter: { name: { $not: { $eq: [[]] } } } }] }, '$and.chapter.name.$not.$eq'],
  ])('does not take %j', (filters, place) => {
    expect(wrongOperand(filters)).toBe(place);
  });
});

describe('conditionsIn', () => {
  it.each([
    [{}, 0],
    [{ title: 'A' }, 1],
    [{ title: { $containsi: 'a', $notNull: true } }, 2],
    [{ id: { $in: [1, 2, 3] } }, 1],
    [{ $or: [{ title: 'a' }, { chapter: { name: { $eq: 'b' } } }, {}] }, 3],
    [{ $not: { title: { $not: { $contains: 'a' } } } }, 1],
    [{ chapter: Array.from({ length: 300 }, () => ({ name: { $contains: 'e' } })) }, 300],
  ])('%j', (filters, expected) => {
    expect(conditionsIn(filters)).toBe(expected);
  });
});
