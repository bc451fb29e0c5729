import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { blocksToMarkdown, blocksToText, markdownToBlocks } from '../../server/src/domain/blocks';

/** Strapi's own validator, which its package does not export. */
const require = createRequire(import.meta.url);
const { blocksValidator } = require(
  path.resolve('node_modules/@strapi/core/dist/services/entity-validator/blocks-validator.js')
) as { blocksValidator: () => { validateSync: (value: unknown, options: { strict: boolean }) => unknown } };
const text = (words: string, marks = {}) => ({ type: 'text', text: words, ...marks });
const paragraph = (...children: unknown[]) => ({ type: 'paragraph', children });

describe('markdownToBlocks', () => {
  it.each<[string, string, unknown[]]>([
    ['a paragraph', 'Xin chào', [paragraph(text('Xin chào'))]],
    ['a soft line end', 'a\nb', [paragraph(text('a b'))]],
    ['a hard line end', 'a\\\nb', [paragraph(text('a\nb'))]],
    [
      'marks',
      'a **b _c_** ~~d~~ `e`',
      [
        paragraph(
          text('a '),
          text('b ', { bold: true }),
          text('c', { bold: true, italic: true }),
          text(' '),
          text('d', { strikethrough: true }),
          text(' '),
          text('e', { code: true })
        ),
      ],
    ],
    [
      'headings',
      '# A\n\n###### B',
      [
        { type: 'heading', level: 1, children: [text('A')] },
        { type: 'heading', level: 6, children: [text('B')] },
      ],
    ],
    ['an empty heading', '#', [{ type: 'heading', level: 1, children: [text('')] }]],
    [
      'a link',
      '[a **b**](https://x.example)',
      [
        paragraph({
          type: 'link',
          url: 'https://x.example',
          children: [text('a '), text('b', { bold: true })],
        }),
      ],
    ],
    [
      'a link by reference',
      '[a][x]\n\n[x]: /y',
      [paragraph({ type: 'link', url: '/y', children: [text('a')] })],
    ],
    ['a link nobody may follow', '[a](javascript:alert(1)) [b](page.html)', [paragraph(text('a b'))]],
    [
      'an image',
      '![alt](https://x.example/a.png)',
      [paragraph({ type: 'link', url: 'https://x.example/a.png', children: [text('alt')] })],
    ],
    [
      'a quote',
      '> a\n>\n> b',
      [
        { type: 'quote', children: [text('a')] },
        { type: 'quote', children: [text('b')] },
      ],
    ],
    [
      'code',
      '```js\nlet a = "<b>";\n```',
      [{ type: 'code', language: 'js', children: [text('let a = "<b>";')] }],
    ],
    ['empty code', '```\n```', [{ type: 'code', children: [text('')] }]],
    [
      'a list in a list',
      '1. a\n   - b\n   - c\n2. d',
      [
        {
          type: 'list',
          format: 'ordered',
          children: [
            { type: 'list-item', children: [text('a')] },
            {
              type: 'list',
              format: 'unordered',
              indentLevel: 1,
              children: [
                { type: 'list-item', children: [text('b')] },
                { type: 'list-item', children: [text('c')] },
              ],
            },
            { type: 'list-item', children: [text('d')] },
          ],
        },
      ],
    ],
    [
      'an item of two paragraphs',
      '- a\n\n  b',
      [{ type: 'list', format: 'unordered', children: [{ type: 'list-item', children: [text('a\nb')] }] }],
    ],
    [
      'an empty item',
      '-',
      [{ type: 'list', format: 'unordered', children: [{ type: 'list-item', children: [text('')] }] }],
    ],
    [
      'tasks',
      '- [x] a\n- [ ] b',
      [
        {
          type: 'list',
          format: 'unordered',
          children: [
            { type: 'list-item', children: [text('☑ a')] },
            { type: 'list-item', children: [text('☐ b')] },
          ],
        },
      ],
    ],
    [
      'a table',
      '| a | b |\n|---|---|\n| 1 | **2** |',
      [paragraph(text('a | b')), paragraph(text('1 | '), text('2', { bold: true }))],
    ],
    ['a rule', 'a\n\n---\n\nb', [paragraph(text('a')), paragraph(text('b'))]],
    [
      'HTML',
      '<div>a <b>b</b></div><script>alert(1)</script>',
      [paragraph(text('a '), text('b', { bold: true }))],
    ],
    ['inline HTML', 'a <span onclick="x">b</span>', [paragraph(text('a b'))]],
    [
      'HTML paragraphs',
      '<h2>T</h2><p>a</p><ul><li>b</li></ul>',
      [
        { type: 'heading', level: 2, children: [text('T')] },
        paragraph(text('a')),
        { type: 'list', format: 'unordered', children: [{ type: 'list-item', children: [text('b')] }] },
      ],
    ],
    ['a comparison', 'a < b', [paragraph(text('a < b'))]],
    ['entities', 'Caf&eacute; &amp; co', [paragraph(text('Café & co'))]],
    ['nothing', ' \n\n ', []],
    ['only a script', '<script>alert(1)</script>', []],
  ])('%s', (_what, markdown, blocks) => {
    expect(markdownToBlocks(markdown)).toEqual(blocks);
    expect(() => blocksValidator().validateSync(blocks, { strict: true })).not.toThrow();
  });

  it.each([
    ['quotes', '>'.repeat(5_000) + ' a'],
    ['lists', '- '.repeat(5_000) + 'a'],
    ['nested quotes and lists', '> - 1. '.repeat(500) + 'a'],
    ['indented lists', Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['a megabyte', 'Xin *chào* 😀\n\n'.repeat(60_000)],
    ['one line of 190,000', 'từ '.repeat(63_000)],
    ['a footnote', 'a[^1]\n\n[^1]: note\n\n- > quote\n- ```\n  code\n  ```\n- # heading\n- | a |\n  |---|'],
    ['everything broken', '**a [b](c `d\n> - ```\n| x'],
    ['emoji and diacritics', '**👨‍👩‍👧 Tiếng Việt** `é`'],
  ])('Strapi takes %s', (_what, markdown) => {
    const blocks = markdownToBlocks(markdown);
    expect(blocks.length).toBeGreaterThan(0);
    expect(() => blocksValidator().validateSync(blocks.slice(0, 500), { strict: true })).not.toThrow();
  });
});

describe('blocksToMarkdown', () => {
  it.each([
    '# A\n\nb **c** *d* ~~e~~ `f`',
    '[a](https://x.example)',
    '> quote',
    '- a\n  - b\n- c',
    '1. a\n2. b',
    '```js\nlet a;\n```',
    '***a***',
  ])('%s comes back the same', (markdown) => {
    expect(blocksToMarkdown(markdownToBlocks(markdown))).toBe(markdown);
  });

  it.each<[string, unknown, string]>([
    ['null', null, ''],
    ['a text', 'as it is', 'as it is'],
    ['an object', { type: 'paragraph' }, ''],
    ['nonsense', [1, null, 'x', {}, { type: 'paragraph' }, { type: 'paragraph', children: 'x' }], ''],
    [
      'an unknown block',
      [{ type: 'callout', children: [text('a'), { type: 'mention', children: [text('b')] }] }],
      'ab',
    ],
    [
      'an image',
      [{ type: 'image', image: { url: '/a.png', alternativeText: 'A' }, children: [text('')] }],
      '![A](/a.png)',
    ],
    ['a broken image', [{ type: 'image', image: null }], ''],
    ['a heading without a level', [{ type: 'heading', children: [text('a')] }], '# a'],
    ['a heading of level 1e9', [{ type: 'heading', level: 1e9, children: [text('a')] }], '###### a'],
    [
      'marks around white space',
      [paragraph(text(' a ', { bold: true }), text(' ', { italic: true }))],
      ' **a**  ',
    ],
    ['$& in a text', [paragraph(text('$& $1', { bold: true }))], '**$& $1**'],
  ])('lenient: %s', (_what, blocks, markdown) => {
    expect(blocksToMarkdown(blocks)).toBe(markdown);
  });

  it('follows no endless nesting', () => {
    let deep: unknown = text('end');
    for (let level = 0; level < 20_000; level += 1) deep = { type: 'list', children: [deep] };
    expect(blocksToMarkdown([deep])).toBe('');
  });
});

describe('blocksToText', () => {
  it('gives the words only', () => {
    expect(blocksToText(markdownToBlocks('# A\n\n**b** [c](/d)\n\n- e\n- f'))).toBe('A\nb c\ne\nf');
  });
});
