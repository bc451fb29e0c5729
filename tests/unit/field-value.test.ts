import { describe, expect, it } from 'vitest';
import { writableFields, type FieldDefinition } from '../../server/src/domain/fields';
import { toFieldValue } from '../../server/src/domain/field-value';
import { WorkError } from '../../server/src/domain/work-error';
import { bookshop, POST } from './bookshop-schemas';

const fields = writableFields(POST, bookshop);
function field(path: string): FieldDefinition {
  const found = fields.find((candidate) => candidate.path === path);
  if (!found) throw new Error(`no field ${path}`);
  return found;
}
const value = (path: string, raw: unknown, html = false) => toFieldValue(raw, field(path), { html });

describe('a string', () => {
  it.each<[unknown, string]>([
    ['  A\n title\t here ', 'A title here'],
    ['"A title"', 'A title'],
    ['“Một tiêu đề”', 'Một tiêu đề'],
    ["'A title'", 'A title'],
    ['"A" and "B"', '"A" and "B"'],
    ['It\'s a "title"', 'It\'s a "title"'],
    ['```\nA title\n```', 'A title'],
    ['```text\nA title\n```', 'A title'],
    ['**A title**', 'A title'],
    ['"**A title**"', 'A title'],
    ['**A** and **B**', '**A** and **B**'],
    ['# A title', 'A title'],
    ['#1 of all', '#1 of all'],
    ['Tom &amp; Jerry', 'Tom & Jerry'],
    ['a < b', 'a < b'],
    ['<b>A</b> title<script>alert(1)</script>', 'A title'],
    ['&lt;b&gt;A&lt;/b&gt;', 'A'],
    ['a\u0000b\uFEFFc\u001Bd', 'abcd'],
    ['e\u0301', 'é'],
    ['half \uD83D end', 'half \uFFFD end'],
    ['😀', '😀'],
    [42, '42'],
    [true, 'true'],
    [null, ''],
    [undefined, ''],
    ['""', ''],
    ['<p></p>', ''],
  ])('%j → %j', (raw, expected) => {
    expect(value('title', raw)).toBe(expected);
  });

  it('may hold simple HTML', () => {
    expect(value('title', '<strong onclick="x">A</strong>\n<h1>b</h1> &amp; c', true)).toBe(
      '<strong>A</strong> b &amp; c'
    );
  });

  it.each([[{ a: 1 }], [[1, 2]]])('%j is refused', (raw) => {
    expect(() => value('title', raw)).toThrow(WorkError);
  });
});

describe('a text', () => {
  it.each([
    ['a\r\nb  \n\n\n\nc', 'a\nb\n\nc'],
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
    ['"Quoted whole"', 'Quoted whole'],
    ['```html\n<p>a</p>\n```', 'a'],
    [['a', 'b'], 'a\n\nb'],
  ])('%j → %j', (raw, expected) => {
    expect(value('metaDescription', raw)).toBe(expected);
  });

  it('may hold simple HTML', () => {
    expect(value('metaDescription', '<p style="x">a<br>b</p><iframe src="x"></iframe>', true)).toBe(
      '<p>a<br />b</p>'
    );
  });
});

describe('rich text', () => {
  it.each([
    ['```markdown\n# A\n\n```js\nlet a;\n```\n```', '# A\n\n```js\nlet a;\n```'],
    ['```js\nlet a;\n```', '```js\nlet a;\n```'],
    ['# A\n\n<script>alert(1)</script>\n\n[x](javascript:y) **b**', '# A\n\n\n\nx **b**'],
    ['"Quoted"', '"Quoted"'],
  ])('as Markdown: %j → %j', (raw, expected) => {
    expect(value('body', raw)).toBe(expected);
  });

  it.each([
    ['<h2>A</h2><p onclick="x">b</p><script>x</script>', '<h2>A</h2><p>b</p>'],
    ['```html\n<p>a</p>\n```', '<p>a</p>'],
    ['One & two\n\nthree', '<p>One &amp; two</p><p>three</p>'],
    ['', ''],
  ])('as HTML: %j → %j', (raw, expected) => {
    expect(value('article', raw)).toBe(expected);
  });
});

describe('blocks', () => {
  it('come from Markdown, or from blocks', () => {
    const blocks = [{ type: 'heading', level: 2, children: [{ type: 'text', text: 'A' }] }];
    expect(value('content', '## A')).toEqual(blocks);
    expect(value('content', '```markdown\n## A\n```')).toEqual(blocks);
    expect(value('content', [...blocks, { type: 'evil', children: [] }])).toEqual(blocks);
    expect(value('content', '')).toEqual([]);
  });
});

describe('an enumeration', () => {
  it.each([
    ['happy', 'happy'],
    [' Happy. ', 'happy'],
    ['"SAD"', 'sad'],
    ['Rất Vui', 'rất vui'],
    ['rất_vui', 'rất vui'],
    ['ra\u0302\u0301t vui', 'rất vui'],
    ['', ''],
  ])('%j → %j', (raw, expected) => {
    expect(value('mood', raw)).toBe(expected);
  });

  it('refuses anything else', () => {
    expect(() => value('mood', 'angry')).toThrow(/angry.*happy, sad/);
    expect(() => value('mood', 'constructor')).toThrow(WorkError);
  });
});

describe('JSON', () => {
  it.each<[unknown, unknown]>([
    ['{"a": 1}', { a: 1 }],
    ['```json\n[1, 2]\n```', [1, 2]],
    [{ a: ['x\u0000y'] }, { a: ['xy'] }],
    ['', null],
    [null, null],
    ['"text"', 'text'],
  ])('%j → %j', (raw, expected) => {
    expect(value('facts', raw)).toEqual(expected);
  });

  it('keeps a key called __proto__ a key', () => {
    const parsed = value('facts', '{"__proto__": {"polluted": true}}');
    expect(Object.keys(parsed as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([['{"a": '], ['plain words'], [`${'['.repeat(5_000)}${']'.repeat(5_000)}`]])(
    'refuses what cannot be read (%#)',
    (raw) => {
      expect(() => value('facts', raw)).toThrow(WorkError);
    }
  );
});

it.each(['title', 'metaDescription', 'body', 'article', 'content'])('%s takes a megabyte', (path) => {
  const started = Date.now();
  value(path, 'Xin <b>chào</b> &amp; **bạn** 😀\n\n'.repeat(30_000));
  value(path, '<'.repeat(1_000_000));
  value(path, '`'.repeat(1_000_000));
  value(path, ' '.repeat(1_000_000) + 'x');
  expect(Date.now() - started).toBeLessThan(15_000);
});
