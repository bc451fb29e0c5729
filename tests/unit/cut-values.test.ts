import { describe, expect, it } from 'vitest';
import { cutValue, cutValues, LONGEST_LISTED_VALUE } from '../../server/src/domain/cut-values';

const blocks = (length: number) =>
  Array.from({ length }, (_block, index) => ({
    type: 'paragraph',
    children: [{ type: 'text', text: `Paragraph ${index}` }],
  }));
const deep = (levels: number): unknown => (levels === 0 ? 'x' : [deep(levels - 1)]);

describe('a value of a list', () => {
  it.each([null, undefined, 0, false, '', 'short', [], {}, { a: [1, { b: null }] }, blocks(3)])(
    'stays as it is where it is short: %j',
    (value) => {
      expect(cutValue(value, 200)).toEqual({ value, isCut: false });
    }
  );

  it('of just the length is whole', () => {
    expect(cutValue('x'.repeat(50), 50)).toEqual({ value: 'x'.repeat(50), isCut: false });
    expect(cutValue('x'.repeat(51), 50)).toEqual({ value: 'x'.repeat(50), isCut: true });
  });

  it('does not end in the middle of a character', () => {
    expect(cutValue('😀'.repeat(10), 5)).toEqual({ value: '😀😀', isCut: true });
  });

  it.each([
    ['blocks', blocks(5_000)],
    ['many small things', Array.from({ length: 100_000 }, (_one, index) => index)],
    ['many empty things', Array.from({ length: 100_000 }, () => [])],
    ['many names', Object.fromEntries(Array.from({ length: 100_000 }, (_one, index) => [`n${index}`, null]))],
    ['one long name', { ['x'.repeat(100_000)]: 1 }],
    ['depth', deep(3_000)],
  ])('keeps its kind, and is short: %s', (_name, value) => {
    const cut = cutValue(value, 500);
    expect(cut.isCut).toBe(true);
    expect(Array.isArray(cut.value)).toBe(Array.isArray(value));
    expect(JSON.stringify(cut.value).length).toBeLessThan(10_000);
  });
});

describe('the values of an item of a list', () => {
  it('are marked where they are cut', () => {
    const long = 'x'.repeat(5_000);
    const values = {
      metaTitle: { before: null, proposed: 'Short', written: 'Short' },
      body: { before: 'Short', proposed: long, written: null },
    };
    expect(cutValues(values)).toEqual({
      metaTitle: values.metaTitle,
      body: { before: 'Short', proposed: 'x'.repeat(LONGEST_LISTED_VALUE), written: null, cut: true },
    });
    expect(cutValues({})).toEqual({});
  });

  it('are short together, however many fields there are', () => {
    const long = 'x'.repeat(5_000);
    const values = Object.fromEntries(
      Array.from({ length: 50 }, (_field, index) => [
        `field${index}`,
        { before: long, proposed: long, written: long },
      ])
    );
    expect(JSON.stringify(cutValues(values)).length).toBeLessThan(30_000);
  });
});
