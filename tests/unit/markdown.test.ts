import { describe, expect, it } from 'vitest';
import { cleanMarkdown, isSafeLink, piecesOf } from '../../server/src/domain/markdown';

describe('cleanMarkdown', () => {
  it.each([
    '# Tiêu đề\n\nMột đoạn *văn* **đậm** với [liên kết](https://x.example/a?b=1&c=2).\n\n- a\n- b\n\n> trích',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '```html\n<script>alert("shown, not run")</script>\n```',
    'Use `<script>` and `&amp;` in code.',
    'a < b && c > d; Array<string>; x\\_y; 1 * 2',
    '<details><summary>More</summary>text</details>',
    '![alt](/uploads/a.png "title")',
    '<https://x.example> and www.example.com',
    '[relative](page.html) [part](#part) [root](/a) [mail](mailto:a@b.example)',
    '    indented <b onclick=x> code',
  ])('leaves harmless Markdown as it is: %s', (markdown) => {
    expect(cleanMarkdown(markdown, 'rich')).toBe(markdown);
  });

  it.each([
    ['a<script>alert(1)</script>b', 'ab'],
    ['<script>\nalert(1)\n</script>\n\ntext', '\n\ntext'],
    ['<img src=x onerror=alert(1)>text', '<img src="x" />text'],
    ['[click](javascript:alert(1)) me', 'click me'],
    ['[click](JaVaScRiPt&colon;alert(1)) me', 'click me'],
    ['[click](<java\tscript:alert(1)>)', 'click'],
    ['![pic](data:text/html,x)', 'pic'],
    ['[a][x]\n\n[x]: javascript:alert(1)', '[a][x]\n\n'],
    ['[**b** `c`](vbscript:x)', 'b c'],
    ['<javascript:alert(1)>', 'javascript:alert(1)'],
    ['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
    ['<iframe src="//evil"></iframe>text', 'text'],
    ['Caf&eacute; &ndash; Tom &amp; Jerry &lt;b&gt;', 'Café – Tom &amp; Jerry &lt;b&gt;'],
  ])('cleans %s', (markdown, expected) => {
    expect(cleanMarkdown(markdown, 'rich')).toBe(expected);
  });

  it('takes all HTML out where none is wanted, and leaves code', () => {
    expect(cleanMarkdown('a <b>b</b> `<b>`', 'none')).toBe('a b `<b>`');
  });

  it.each([
    ['a quote in a quote …', '>'.repeat(20_000) + 'a'],
    ['a list in a list …', '- '.repeat(20_000) + 'a'],
    ['brackets', '['.repeat(100_000)],
    ['links', '[a]('.repeat(25_000)],
    ['emphasis', '*a **b '.repeat(15_000)],
    ['strikes', '~a~~b'.repeat(20_000)],
    ['a megabyte', 'xin *chào* <b>bạn</b> [x](y)\n\n'.repeat(40_000)],
    ['a line of a megabyte', '<i>x '.repeat(200_000)],
    ['signs used inside', '\uE0000\uE001 `code` \uE0009\uE001 <b>x</b>'],
  ])('takes %s', (_what, markdown) => {
    const started = Date.now();
    const cleaned = cleanMarkdown(markdown, 'rich');
    expect(cleaned).not.toMatch(/[\uE000\uE001]/);
    expect(Date.now() - started).toBeLessThan(8_000);
  });
});

it.each([
  ['longer than is parsed', 'word '.repeat(50_000)],
  ['deeper than the parser goes', '[a](/b) ' + '![a'.repeat(2_500)],
])('of a text %s no link is left', (_what, filling) => {
  const cleaned = cleanMarkdown(`${filling} [Harm](javascript:alert(1)) <b onclick="x()">b</b>`, 'rich');
  expect(cleaned).not.toMatch(/\]\(javascript|onclick/);
});

describe('isSafeLink', () => {
  it.each([
    ['https://x.example', true, true],
    ['/a', true, true],
    ['mailto:a@b.example', true, true],
    ['page.html', true, false],
    ['#a', true, false],
    ['javascript:alert(1)', false, false],
    [' java\nscript:alert(1)', false, false],
    ['data:text/html,x', false, false],
    ['file:///etc/passwd', false, false],
    ['', true, false],
  ])('%s: relative %s, absolute %s', (url, relative, absolute) => {
    expect(isSafeLink(url, true)).toBe(relative);
    expect(isSafeLink(url, false)).toBe(absolute);
  });
});

describe('piecesOf', () => {
  it.each([
    [''],
    ['a'],
    ['paragraph\n\n'.repeat(5_000)],
    ['x'.repeat(100_000)],
    [`\`\`\`\n${'line\n\n'.repeat(3_000)}\`\`\`\n\nafter`],
  ])('joined, they are the text again (%#)', (text) => {
    expect(piecesOf(text).join('')).toBe(text);
    expect(Math.max(0, ...piecesOf(text).map((piece) => piece.length))).toBeLessThanOrEqual(40_000);
  });

  it('does not cut a fence', () => {
    const fence = `\`\`\`\n${'line\n\n'.repeat(2_500)}\`\`\`\n\n`;
    expect(
      piecesOf(`${'word '.repeat(1_000)}\n\n${fence}after ${'word '.repeat(3_000)}`).filter(
        (piece) => piece.split('```').length % 2 === 0
      )
    ).toEqual([]);
  });
});
