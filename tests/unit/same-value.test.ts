import { describe, expect, it } from 'vitest';
import { isEmptyValue, sameValue } from '../../server/src/domain/same-value';

const paragraph = (text: string) => [{ type: 'paragraph', children: [{ type: 'text', text }] }];

describe('sameValue', () => {
  it.each([
    ['equal texts', 'a', 'a'],
    ['null and undefined', null, undefined],
    ['the order of keys', { a: 1, b: [1, { c: 2, d: 3 }] }, { b: [1, { d: 3, c: 2 }], a: 1 }],
    ['a missing key and null', { a: 1, b: null }, { a: 1 }],
    ['blocks', paragraph('xin chào'), paragraph('xin chào')],
    ['a date and its text', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['zero and minus zero', 0, -0],
  ])('same: %s', (_what, a, b) => {
    expect(sameValue(a, b)).toBe(true);
    expect(sameValue(b, a)).toBe(true);
  });

  it.each([
    ['an emptied field', '', null],
    ['case', 'a', 'A'],
    ['a number and its text', 1, '1'],
    ['white space', 'a', 'a '],
    ['composed and decomposed letters', 'é', 'e\u0301'],
    ['lists of other lengths', [1], [1, 2]],
    ['a list and an object', [], {}],
    ['one key more', { a: 1 }, { a: 1, b: 2 }],
    [
      'a mark in blocks',
      paragraph('x'),
      [{ type: 'paragraph', children: [{ type: 'text', text: 'x', bold: true }] }],
    ],
    ['an inherited property', { toString: 1 }, {}],
  ])('different: %s', (_what, a, b) => {
    expect(sameValue(a, b)).toBe(false);
    expect(sameValue(b, a)).toBe(false);
  });

  it('takes large and deep values', () => {
    const deep = (end: unknown): unknown =>
      Array.from({ length: 1_000 }).reduce((inner: unknown) => ({ inner }), end);
    expect(sameValue(deep('x'.repeat(1_000_000)), deep('x'.repeat(1_000_000)))).toBe(true);
    expect(sameValue(deep(1), deep(2))).toBe(false);
  });
});

describe('isEmptyValue', () => {
  it.each([
    [null],
    [undefined],
    [''],
    [' \n\t\u00A0'],
    [[]],
    [{}],
    ['<p>&nbsp;</p>'],
    ['<p><br></p>'],
    [paragraph('')],
    [paragraph(' \n')],
    [[{ type: 'list', children: [{ type: 'list-item', children: [{ type: 'text', text: '' }] }] }]],
    [' '.repeat(1_000_000)],
  ])('empty: %j', (value) => {
    expect(isEmptyValue(value)).toBe(true);
  });

  it.each([
    ['a'],
    [0],
    [false],
    [[1]],
    [{ a: null }],
    ['<p>a</p>'],
    ['<img src="/a.png">'],
    [paragraph('a')],
    [[{ type: 'image', image: {}, children: [{ type: 'text', text: '' }] }]],
    [new Date(0)],
    [[[]]],
    ['x'.repeat(1_000_000)],
  ])('not empty: %j', (value) => {
    expect(isEmptyValue(value)).toBe(false);
  });
});
