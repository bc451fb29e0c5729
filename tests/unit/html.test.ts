import { describe, expect, it } from 'vitest';
import {
  cleanEmbeddedHtml,
  htmlAsMarkdown,
  paragraphsAsHtml,
  plainText,
  richHtml,
  simpleHtml,
} from '../../server/src/domain/html';

describe('plainText', () => {
  it.each([
    ['a < b and c > d', 'a < b and c > d'],
    ['a<b, x <b and c, 1 <3 you, I <i am', 'a<b, x <b and c, 1 <3 you, I <i am'],
    ['Array<string> and List<T>', 'Array<string> and List<T>'],
    ['Tom &amp; Jerry &quot;live&quot; &#39;now&#39;', 'Tom & Jerry "live" \'now\''],
    ['Gi&aacute; tr&#7883; &hellip;', 'Giá trị …'],
    ['AT&T ?a=1&copy=2', 'AT&T ?a=1&copy=2'],
    ['<b>bold</b> <em class="x">soft</em>', 'bold soft'],
    ['<p>One</p><p>Two<br>three</p>', 'One\n\nTwo\nthree\n\n'],
    ['<a title="a > b" href="/x">x</a>', 'x'],
    ['<!-- note -->a<!doctype html>', 'a'],
    ['before<script>alert(1)</script>after', 'beforeafter'],
    ['<script>never closed', ''],
    ['&lt;script&gt;alert(1)&lt;/script&gt;ok', 'ok'],
    ['&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;ok', 'ok'],
    ['<scr<script></script>ipt>alert(1)</script>', ''],
    ['<img src=x onerror=alert(1)>', ''],
    ['<img src=x onerror=alert(1)', ''],
    ['<svg/onload=alert(1)>x</svg>y', 'y'],
    ['<x onclick=alert(1)>hi</x>', 'hi'],
    ['<my-element>hi</my-element>', 'hi'],
    ['<iframe src="//evil">x</iframe>', ''],
  ])('%s → %s', (html, expected) => {
    expect(plainText(html)).toBe(expected);
  });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<img src=x onerror="alert(1)">',
  '<svg/onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" java\tscript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<p onclick="alert(1)" style="position:fixed">x</p>',
  '<math><mtext><script>alert(1)</script></mtext></math>',
  '<object data="x"></object><embed src="x"><base href="//evil"><meta http-equiv="refresh" content="0;url=//evil">',
  '<form action="//evil"><input name="password"></form>',
  '<style>body{display:none}</style><link rel="stylesheet" href="//evil">',
  '<scr<script></script>ipt>alert(1)</script>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<x onmouseover=alert(1)>x</x>',
  '<img src=x onerror=alert(1)//',
];

describe.each([
  ['simpleHtml', simpleHtml],
  ['richHtml', richHtml],
  ['cleanEmbeddedHtml', (html: string) => cleanEmbeddedHtml(html, 'rich')],
  ['cleanEmbeddedHtml, none', (html: string) => cleanEmbeddedHtml(html, 'none')],
  ['plainText', plainText],
])('%s', (_name, clean) => {
  it.each(HOSTILE)('makes %s harmless', (html) => {
    const result = clean(`before ${html}`);
    expect(result).not.toMatch(
      /<(?:script|svg|iframe|object|embed|base|meta|form|input|style|link|math|x)[\s/>]/i
    );
    expect(result).not.toMatch(/<[^<>]*(?:\son\w+\s*=|javascript:|data:|style=|srcdoc)/i);
    expect(result).toMatch(/^before/);
  });

  it.each([
    ['unclosed', '<'.repeat(1_000_000)],
    ['nested', '<div>'.repeat(200_000)],
    ['half tags', '<a '.repeat(300_000)],
    ['a long name', `<a${'-a'.repeat(500_000)}`],
    ['handlers', `<y${' on'.repeat(300_000)}`],
    ['white space', `<br${' '.repeat(1_000_000)}`],
    ['comments', '<!--'.repeat(250_000)],
    ['text', 'xin chào <b>bạn</b> '.repeat(50_000)],
  ])('takes a megabyte of %s', (_what, html) => {
    const started = Date.now();
    expect(typeof clean(html)).toBe('string');
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});

describe('simpleHtml', () => {
  it.each([
    ['<p class="x">A <strong>b</strong><br/>c</p>', '<p>A <strong>b</strong><br />c</p>'],
    ['<h1>Title</h1><table><tr><td>x</td></tr></table>', 'Titlex'],
    ['a < b & c', 'a &lt; b &amp; c'],
    ['Tom &amp; Jerry &eacute;', 'Tom &amp; Jerry é'],
    ['&lt;p&gt;escaped&lt;/p&gt;', '<p>escaped</p>'],
    ['<a href="/x" onclick="y">x</a><img src="/a.png">', '<a href="/x">x</a>'],
  ])('%s → %s', (html, expected) => {
    expect(simpleHtml(html)).toBe(expected);
  });

  it('is not cut where there are many line breaks', () => {
    expect(simpleHtml('a<br>'.repeat(2_000))).toBe('a<br />'.repeat(2_000));
  });
});

describe('richHtml', () => {
  it('keeps what an editor makes', () => {
    const html =
      '<h2>A</h2><ul><li>b</li></ul><p><a href="https://x.example/?a=1&amp;b=2">c</a></p><img src="/d.png" alt="d" />';
    expect(richHtml(html)).toBe(html);
  });

  it('leaves no image without an address', () => {
    expect(richHtml('<img src="javascript:alert(1)" alt="x">a')).toBe('a');
  });
});

describe('cleanEmbeddedHtml', () => {
  it.each([
    ['a < b & c &amp; &lt;b&gt;', 'a < b & c &amp; &lt;b&gt;'],
    ['> quote\n\n<https://x.example>', '> quote\n\n<https://x.example>'],
    ['<a title="a > b">x</a>', '<a title="a &gt; b">x</a>'],
  ])('leaves %s as text', (text, expected) => {
    expect(cleanEmbeddedHtml(text, 'rich')).toBe(expected);
  });
});

describe('paragraphsAsHtml', () => {
  it('makes paragraphs and line breaks, and escapes', () => {
    expect(paragraphsAsHtml('a < b\nc & d\n\n\ne')).toBe('<p>a &lt; b<br>c &amp; d</p><p>e</p>');
  });
});

describe('htmlAsMarkdown', () => {
  it.each([
    [
      '<h2>A</h2><p>b <strong>c</strong> <em>d</em></p><ul><li>e</li><li>f</li></ul>',
      '## A\n\nb **c** *d*\n\n\n- e\n- f',
    ],
    ['<p><a class="x" href="/y">z</a></p>', '[z](/y)'],
    ['a < b', 'a < b'],
    ['code `<b>` stays', 'code `<b>` stays'],
  ])('%s', (html, expected) => {
    expect(
      htmlAsMarkdown(html)
        .replace(/<\/?(?:p|ul|li)>/g, '')
        .trim()
    ).toBe(expected);
  });
});
