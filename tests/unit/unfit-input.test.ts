import { describe, expect, it } from 'vitest';
import { unfitInput } from '../../server/src/domain/unfit-input';

const nested = (depth: number): unknown => JSON.parse(`${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`);

describe('unfitInput', () => {
  it.each([[null], ['text'], [{ a: [1, 'b', { c: null }] }], [nested(45)]])('lets %j pass', (input) => {
    expect(unfitInput(input)).toBeNull();
  });

  it('finds the character that PostgreSQL cannot store, in values and in names', () => {
    expect(unfitInput({ a: ['x', 'b\u0000'] })).toMatchObject({ path: ['a', '1'] });
    expect(unfitInput({ a: { 'b\u0000': 1 } })).toMatchObject({ path: ['a'] });
  });

  it('stops at what is nested beyond measure, at once', () => {
    const startedAt = Date.now();
    expect(unfitInput(nested(50_000))?.message).toMatch(/nested deeper than 100 levels/);
    expect(Date.now() - startedAt).toBeLessThan(500);
  });
});
