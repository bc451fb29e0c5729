import { describe, expect, it } from 'vitest';
import { wrongOperand } from '../../server/src/domain/filter-operands';

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
