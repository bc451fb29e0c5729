import { describe, expect, it } from 'vitest';
import type { ItemView } from '../../../server/src/contracts';
import { valueExcerpt, valueText } from '../../../admin/src/components/value-text';
import { itemsCsv } from '../../../admin/src/pages/Job/items-csv';
import english from '../../../admin/src/translations/en.json';
import vietnamese from '../../../admin/src/translations/vi.json';
import { wordDiff } from '../../../admin/src/pages/Job/value-diff';

/** The admin panel's texts, as far as they need no plurals. */
const textIn =
  (texts: Record<string, string>) =>
  (id: string, values: Record<string, unknown> = {}): string =>
    (texts[id] ?? id).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

const item = (label: string, written: unknown): ItemView => ({
  id: 1,
  position: 1,
  contentType: 'api::post.post',
  singleType: false,
  documentId: 'abc',
  locale: 'en',
  label,
  status: 'completed',
  error: null,
  values: { title: { before: null, proposed: written, written } },
  attempts: 1,
  nextAttemptAt: null,
  usage: null,
  durationMs: 5,
  progress: 1,
  message: null,
  undoable: true,
});

describe('values as text', () => {
  it('keeps strings as they are and shows nothing for empty values', () => {
    expect(valueText('two\nlines')).toBe('two\nlines');
    for (const empty of [null, undefined, '', []]) expect(valueText(empty)).toBe('');
  });

  it('reads blocks as their paragraphs and list items as lines', () => {
    const blocks = [
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'One ' },
          { type: 'link', children: [{ text: 'link' }] },
        ],
      },
      {
        type: 'list',
        children: [
          { type: 'list-item', children: [{ text: 'a' }] },
          { type: 'list-item', children: [{ text: 'b' }] },
        ],
      },
    ];
    expect(valueText(blocks)).toBe('One link\n\na\nb');
  });

  it('shows anything else as JSON, false and zero included', () => {
    expect(valueText({ a: 1 })).toBe('{\n  "a": 1\n}');
    expect(valueText(false)).toBe('false');
    expect(valueText(0)).toBe('0');
  });

  it('cuts an excerpt to its length, on one line', () => {
    expect(valueExcerpt('a  b\nc', 20)).toBe('a b c');
    expect(valueExcerpt('abcdefgh', 5)).toBe('abcd…');
  });
});

describe('word diff', () => {
  it('keeps Vietnamese words whole', () => {
    expect(wordDiff('bánh mì nóng', 'bánh mì nguội')).toEqual([
      { text: 'bánh mì ', side: 'both' },
      { text: 'nóng', side: 'before' },
      { text: 'nguội', side: 'after' },
    ]);
  });
});

describe('export', () => {
  it('quotes cells and lets no text become a formula', () => {
    const csv = itemsCsv([item('Say "hi"', '=1+1'), item('-', 'fine')], textIn(english), () => 'why');
    const [header, first, second] = csv.split('\r\n');
    expect(header).toContain('"title before","title after"');
    expect(first).toContain('"Say ""hi"""');
    expect(first).toContain(`"'=1+1"`);
    expect(second).toContain(`"'-"`);
  });

  it('has headings and words in the reader’s language', () => {
    const [header, first] = itemsCsv([item('A', 'b')], textIn(vietnamese), () => 'vì sao').split('\r\n');
    expect(header).toContain('"thứ tự"');
    expect(header).toContain('"title trước","title sau"');
    expect(first).toContain(`"${vietnamese['itemStatus.completed']}"`);
  });
});
