import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../server/src/domain/fingerprint';

describe('fingerprint', () => {
  it('is SHA-256 in hex', () => {
    expect(fingerprint({ a: 1 })).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['the order of keys', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['a key without a value', { a: 1, b: undefined }, { a: 1 }],
    ['a date and its ISO text', new Date('2025-01-02T03:04:05Z'), '2025-01-02T03:04:05.000Z'],
    ['a large integer and its digits', 10n, '10'],
  ])('does not see %s', (_what, a, b) => {
    expect(fingerprint(a)).toBe(fingerprint(b));
  });

  it.each([
    ['values', { a: 1 }, { a: 2 }],
    ['types', { a: 1 }, { a: '1' }],
    ['null and missing', { a: null }, {}],
    ['the order of a list', [1, 2], [2, 1]],
    ['an object and a list of its pairs', { a: 1 }, [['a', 1]]],
    ['diacritics', 'má', 'mà'],
    ['undefined and null', undefined, null],
    ['keys named like prototypes', JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":2}')],
  ])('sees %s', (_what, a, b) => {
    expect(fingerprint(a)).not.toBe(fingerprint(b));
  });

  it('takes large and deep values', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 1_000; level += 1) deep = { deep };
    expect(fingerprint({ deep, long: 'x'.repeat(1_000_000) })).toHaveLength(64);
  });
});
