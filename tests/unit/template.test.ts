import { describe, expect, it } from 'vitest';
import { placeholdersOf, templateData } from '../../server/src/domain/placeholders';
import { checkTemplate, placeholderPathsIn, renderTemplate } from '../../server/src/domain/template';
import { WorkError } from '../../server/src/domain/work-error';
import { bookshop, POST } from './bookshop-schemas';

const placeholders = placeholdersOf(POST, bookshop);

describe('checkTemplate', () => {
  it.each([
    '{{ title }} of {{chapter_name}} in {{ book_name | upcase }}, {{ group_name }}, {{ category_name }}',
    '{{ chapter.book.bookGroup.category.name }} {{ seo.metaTitle }} {{ chapter["name"] }}',
    '{% if chapter %}{{ chapter.name }}{% elsif seo %}x{% endif %}{% unless chapter.book %}none{% endunless %}',
    '{% assign words = body | strip_html | truncatewords: 200 %}{{ words }}',
    '{% capture intro %}{{ title }}{% endcapture %}{{ intro }}{% for i in (1..3) %}{{ i }}{{ forloop.index }}{% endfor %}',
    '{% case mood %}{% when "happy" %}:){% else %}:|{% endcase %}',
    '{{ locale }} {{ today }} {{ title.size }} {{ "now" | date: "%Y" }}',
    '{% comment %}{{ nothing }}{% endcomment %}{% raw %}{{ nothing }}{% endraw %}{% # note %}',
    'No placeholder at all: viết một tiêu đề',
    '{% if title == blank or rating > 3 and featured %}x{% endif %}',
  ])('finds nothing wrong with %s', (source) => {
    expect(checkTemplate(source, placeholders)).toEqual([]);
  });

  it.each([
    ['{{ titel }}', 'titel', 'title', 1, 4],
    ['one\n  {{ bok_name }}', 'bok_name', 'book_name', 2, 6],
    ['{% if chapterr %}{% endif %}', 'chapterr', 'chapter', 1, 7],
    ['{{ chapter.nmae }}', 'chapter.nmae', 'chapter.name', 1, 4],
    ['{{ title | append: metaTitl }}', 'metaTitl', 'metaTitle', 1, 20],
    ['{{ constructor }}', 'constructor', null, 1, 4],
    ['{{ __proto__ }}', '__proto__', null, 1, 4],
    ['{{ title.constructor.name }}', 'title.constructor.name', undefined, 1, 4],
    ['{{ secret }}', 'secret', undefined, 1, 4],
    ['{% for x in tags %}{{ x.name }}{% endfor %}{{ x }}', 'tags', undefined, 1, 13],
    ['{{ chapter }}', 'chapter', 'chapter.name', 1, 4],
    ['{% assign c = chapter.book %}{{ c.name }}', 'chapter.book', 'chapter.book.name', 1, 15],
    ['{{ chapter[title] }}', 'chapter[title]', null, 1, 4],
    ['{{ tiêuđề }}', 'tiêuđề', null, 1, 4],
  ])('%s: “%s” is unknown, near to %s', (source, placeholder, nearest, line, column) => {
    const [problem] = checkTemplate(source, placeholders);
    expect(problem).toMatchObject({
      placeholder,
      line,
      column,
      ...(nearest === undefined ? {} : { nearest }),
    });
    expect(problem?.message).toContain(placeholder);
  });

  it.each([
    ['', /empty/, null, null],
    [' \n ', /empty/, null, null],
    ['{{ title ', /not closed/, 1, 1],
    ['a\n{% if title %}', /not closed/, 2, 1],
    // A template of its own for every element: no limit looks into it.
    ['{{ title | where_exp: "x", "x" }}', /no filter “where_exp”/, 1, 1],
    ['{{ title | upcasse }}', /no filter “upcasse”.*“upcase”/, 1, 1],
    ['{% foo %}', /no tag “foo”/, 1, 1],
    ['{% include "/etc/passwd" %}', /“?"?include"?.*cannot be used/, 1, 1],
    ['{% render "x" %}', /cannot be used/, 1, 1],
    ['{% layout "x" %}', /cannot be used/, 1, 1],
    ['{{ }}', /./, 1, 4],
    ['x'.repeat(70_000), /longer than/, null, null],
    ['{% if title %}'.repeat(4_000), /./, undefined, undefined],
  ])('%#: a fault in the syntax', (source, message, line, column) => {
    const problems = checkTemplate(source, placeholders);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
    if (line !== undefined) expect(problems[0]).toMatchObject({ line, column });
  });

  it('names every unknown placeholder, in the order they are written', () => {
    const problems = checkTemplate('{{ b1 }}\n{{ title }} {{ a1 }} {{ b1 }}', placeholders);
    expect(problems.map(({ placeholder, line }) => [placeholder, line])).toEqual([
      ['b1', 1],
      ['a1', 2],
      ['b1', 2],
    ]);
  });
});

describe('placeholderPathsIn', () => {
  it.each([
    ['{{ title }}{{ title }} {{ book_name }} {{ chapter.book.name }}', ['title', 'chapter.book.name']],
    ['{% if chapter %}{{ group_name }}{% endif %}', ['chapter', 'chapter.book.bookGroup.name']],
    ['{% assign x = body %}{{ x | append: seo.metaTitle }}', ['body', 'seo.metaTitle']],
    ['{{ title.size }} {{ locale }} {{ today }} {{ nothing }}', ['title']],
    ['plain', []],
  ])('%s', (source, paths) => {
    expect(placeholderPathsIn(source, placeholders).sort()).toEqual([...paths].sort());
  });

  it('fails in words on a broken template', () => {
    expect(() => placeholderPathsIn('{{ title', placeholders)).toThrow(WorkError);
  });
});

describe('renderTemplate', () => {
  const render = (source: string, entry: Record<string, unknown>) =>
    renderTemplate(
      source,
      templateData(entry, placeholderPathsIn(source, placeholders), placeholders, {
        locale: 'vi',
        today: '2025-03-14',
      })
    );

  it.each([
    ['{{ title }} – {{ chapter_name }}', 'Đêm – '],
    ['{% if chapter %}yes{% else %}no{% endif %}', 'no'],
    ['{% if metaTitle %}yes{% else %}no{% endif %}', 'no'],
    ['{{ locale }} {{ today }}', 'vi 2025-03-14'],
    ['{{ body }}', '{{ title }}<script>'],
    ['{{ metaDescription | default: "none" }}', 'none'],
    ['{{ title | upcase }}', 'ĐÊM'],
    ['{{ rating }}{{ featured }}', '0false'],
    ['{{ constructor }}{{ __proto__ }}{{ title.constructor }}{{ title.__proto__ }}{{ toString }}', ''],
  ])('%s → %s', (source, expected) => {
    expect(
      render(source, {
        title: 'Đêm',
        body: '{{ title }}<script>',
        metaTitle: '',
        chapter: null,
        rating: 0,
        featured: false,
      })
    ).toBe(expected);
  });

  const stopped: [string, RegExp][] = [
    ['{% for i in (1..100000000) %}x{% endfor %}', /too much memory/],
    ['{% for i in (1..3000) %}{% for j in (1..3000) %}x{% endfor %}{% endfor %}', /too (?:long|much)/],
    [
      '{% assign s = "aaaaaaaaaa" %}{% for i in (1..100) %}{% assign s = s | append: s %}{% endfor %}',
      /too much memory/,
    ],
    ['{% for i in (1..1000) %}{{ body }}{% endfor %}', /too long/],
    ['{{ chapter }}', /field/],
    ['{{ title | nope }}', /no filter/],
    ['{% if title %}'.repeat(4_000), /./],
    // Filters that count nothing themselves, one after another in a single place.
    [`{{ body | slugify${' | slugify'.repeat(4_000)} }}`, /too (?:long|much)/],
    [`{{ body | replace: "x", "%" | url_encode${' | url_encode'.repeat(4_000)} }}`, /too (?:long|much)/],
    [
      `{% assign a = body | append: body %}${'{{ a | cgi_escape | url_decode }}'.repeat(900)}`,
      /too (?:long|much)/,
    ],
  ];
  it.each(stopped.map(([source, detail]) => [source.slice(0, 80), source, detail] as const))(
    'stops %s',
    (_name, source, detail) => {
      const started = Date.now();
      const data = { title: 'x', body: 'x'.repeat(1_000_000), chapter: { name: 'x' } };
      let thrown: unknown;
      try {
        renderTemplate(source, data);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(WorkError);
      expect(thrown instanceof WorkError && thrown.reason).toMatchObject({
        code: 'prompt_failed',
        retryable: false,
      });
      expect(thrown instanceof WorkError && thrown.reason.params.detail).toMatch(detail);
      expect(Date.now() - started).toBeLessThan(3_000);
    }
  );

  it('takes an entry of a megabyte', () => {
    expect(
      render('{{ body | strip_html | truncate: 20 }}', { body: `<p>${'từ '.repeat(300_000)}</p>` })
    ).toHaveLength(20);
  });

  it('keeps the parsed templates bounded and right', () => {
    for (let number = 0; number < 300; number += 1)
      expect(renderTemplate(`{{ title }}${number}`, { title: 'a' })).toBe(`a${number}`);
    expect(renderTemplate('{{ title }}0', { title: 'b' })).toBe('b0');
  });
});
