import { describe, expect, it } from 'vitest';
import { labelOf, mainFieldOf } from '../../server/src/domain/entry-label';
import type { Attribute, ModelSchema } from '../../server/src/domain/schema';

const withAttributes = (attributes: Record<string, Attribute>): ModelSchema => ({
  uid: 'api::x.x',
  modelType: 'contentType',
  info: { displayName: 'X' },
  attributes,
});

describe('labelOf', () => {
  it.each([
    [{ documentId: 'd1', title: ' Chương 1:\n Mở đầu ' }, 'title', 'Chương 1: Mở đầu'],
    [{ documentId: 'd1', number: 12 }, 'number', '12'],
    [{ documentId: 'd1', title: '  ' }, 'title', 'd1'],
    [{ documentId: 'd1', title: null }, 'title', 'd1'],
    [{ documentId: 'd1', title: { rich: true } }, 'title', 'd1'],
    [{ documentId: 'd1' }, null, 'd1'],
    [{ documentId: 'd1' }, 'constructor', 'd1'],
    [{}, 'title', ''],
  ])('%j by %s is “%s”', (entry, mainField, expected) => {
    expect(labelOf(entry, mainField)).toBe(expected);
  });

  it('cuts at 255 without halving an emoji', () => {
    const label = labelOf({ title: 'a' + '😀'.repeat(200) }, 'title');
    expect(label.length).toBeLessThanOrEqual(255);
    expect(label).toMatch(/😀…$/u);
    expect(labelOf({ title: 'x'.repeat(255) }, 'title')).toBe('x'.repeat(255));
    expect(labelOf({ title: 'x'.repeat(1_000_000) }, 'title')).toHaveLength(255);
  });
});

describe('mainFieldOf', () => {
  it.each<[Record<string, Attribute>, string | null]>([
    [{ slug: { type: 'uid' }, name: { type: 'string' }, title: { type: 'string' } }, 'title'],
    [{ slug: { type: 'uid' }, other: { type: 'string' } }, 'slug'],
    [{ title: { type: 'string', private: true }, code: { type: 'string' } }, 'code'],
    [{ title: { type: 'relation' }, words: { type: 'string' } }, 'words'],
    [{ documentId: { type: 'string' }, locale: { type: 'string' } }, null],
    [{ body: { type: 'richtext' } }, null],
    [{}, null],
  ])('%j → %s', (attributes, expected) => {
    expect(mainFieldOf(withAttributes(attributes))).toBe(expected);
  });
});
