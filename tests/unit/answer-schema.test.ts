import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../server/src/domain/answer-reading';
import {
  answerShape,
  type AnswerShape,
  type AskedOutput,
  type ReadAnswer,
} from '../../server/src/domain/answer-schema';
import { writableFields } from '../../server/src/domain/fields';
import { bookshop, POST } from './bookshop-schemas';

const fields = writableFields(POST, bookshop);
function output(path: string, more: Omit<AskedOutput, 'field'> = {}): AskedOutput {
  const field = fields.find((candidate) => candidate.path === path);
  if (!field) throw new Error(`no field ${path}`);
  return { field, ...more };
}
const parse = (shape: AnswerShape, text: string): ReadAnswer => readAnswer(text, shape);
const several = answerShape([
  output('title'),
  output('metaDescription', { maxLength: 50 }),
  output('seo.metaTitle'),
]);
const single = answerShape([output('metaDescription')]);

describe('jsonSchema', () => {
  const shape = answerShape(
    [
      output('metaTitle', { instructions: 'Name the book.', maxLength: 500 }),
      output('mood'),
      output('content'),
      output('facts'),
      output('seo.metaTitle', { maxLength: 20 }),
      output('article'),
    ],
    {}
  );

  it('fits strict mode: every property required, no others, no limits in it', () => {
    expect(shape.jsonSchema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['metaTitle', 'mood', 'content', 'facts', 'seo__metaTitle', 'article'],
    });
    expect(JSON.stringify(shape.jsonSchema)).not.toMatch(
      /"(?:\$schema|maxLength|minLength|pattern|format)":/
    );
  });

  it('describes each field with its limits and instructions', () => {
    expect(shape.jsonSchema.properties).toMatchObject({
      metaTitle: {
        type: 'string',
        description: expect.stringMatching(/At most 60 characters.*At least 10.*Name the book\./),
      },
      mood: { type: 'string', enum: ['happy', 'sad', 'rất vui'] },
      content: { type: 'string', description: expect.stringContaining('Markdown') },
      facts: { type: 'string', description: expect.stringContaining('JSON') },
      seo__metaTitle: { description: expect.stringContaining('At most 20') },
      article: { description: expect.stringContaining('HTML') },
    });
  });

  it('says where HTML is allowed', () => {
    expect(JSON.stringify(answerShape([output('metaDescription')], { html: true }).jsonSchema)).toContain(
      'Simple HTML'
    );
    expect(JSON.stringify(single.jsonSchema)).toContain('no markup');
  });

  it('gives each field a key of its own', () => {
    const field = output('title').field;
    const shape = answerShape([{ field: { ...field, path: 'a.b' } }, { field: { ...field, path: 'a__b' } }]);
    expect(shape.fields.map(({ key }) => key)).toEqual(['a__b', 'a__b_']);
  });

  it('is written out, with the word JSON, for providers that know no schema', () => {
    expect(several.instruction).toContain('JSON');
    expect(several.instruction).toContain('"seo__metaTitle"');
  });
});

describe('parse: what is accepted', () => {
  const good = { title: 'A', metaDescription: 'B', 'seo.metaTitle': 'C' };
  const json = '{"title":"A","metaDescription":"B","seo__metaTitle":"C"}';
  it.each([
    ['plain JSON', json],
    ['a byte order mark', `\uFEFF${json}`],
    ['a fence', `\`\`\`json\n${json}\n\`\`\``],
    ['prose around it', `Sure! Here you are:\n\n${json}\n\nAnything else?`],
    ['prose with brackets before it', `I [the model] used {title} as asked: ${json}`],
    ['a fence in prose', `Here:\n\`\`\`json\n${json}\n\`\`\`\nDone.`],
    ['a comma too many', '{"title":"A","metaDescription":"B","seo__metaTitle":"C",\n}'],
    ['a path as key', '{"title":"A","metaDescription":"B","seo.metaTitle":"C"}'],
    ['nested components', '{"title":"A","metaDescription":"B","seo":{"metaTitle":"C"}}'],
    ['names spelled differently', '{"Title":"A","meta_description":"B","seo meta title":"C"}'],
    ['a wrapper', `{"result":${json}}`],
    ['a list of one', `[${json}]`],
    ['properties nobody asked for', '{"title":"A","metaDescription":"B","seo__metaTitle":"C","extra":1}'],
    ['entities and tags', '{"title":"<b>A</b>","metaDescription":"&#66;","seo__metaTitle":"\\"C\\""}'],
  ])('%s', (_what, text) => {
    expect(parse(several, text)).toEqual({ ok: true, values: good });
  });

  it('line ends inside a string', () => {
    expect(parse(single, '{"metaDescription": "one\ntwo"}')).toEqual({
      ok: true,
      values: { metaDescription: 'one\ntwo' },
    });
  });

  it.each([
    ['A description, without JSON.', 'A description, without JSON.'],
    ['"A description in quotes"', 'A description in quotes'],
    ['```\nA description\n```', 'A description'],
    ['Mô tả có {ngoặc} và [ngoặc]', 'Mô tả có {ngoặc} và [ngoặc]'],
  ])('plain words for a single field of text: %s', (text, expected) => {
    expect(parse(single, text)).toEqual({ ok: true, values: { metaDescription: expected } });
  });

  it('a single field of each kind', () => {
    expect(parse(answerShape([output('mood')]), 'Happy')).toEqual({ ok: true, values: { mood: 'happy' } });
    expect(parse(answerShape([output('content')]), '## A')).toMatchObject({
      ok: true,
      values: { content: [{ type: 'heading' }] },
    });
    expect(parse(answerShape([output('body')]), 'Text with `{"a": 1}` in it')).toEqual({
      ok: true,
      values: { body: 'Text with `{"a": 1}` in it' },
    });
    expect(parse(answerShape([output('facts')]), '{"facts":"{\\"a\\":1}"}')).toEqual({
      ok: true,
      values: { facts: { a: 1 } },
    });
    expect(parse(answerShape([output('facts')]), '{"facts":{"a":1}}')).toEqual({
      ok: true,
      values: { facts: { a: 1 } },
    });
    expect(parse(answerShape([output('facts')]), '[{"a":1},{"a":2}]')).toEqual({
      ok: true,
      values: { facts: [{ a: 1 }, { a: 2 }] },
    });
    expect(parse(answerShape([output('facts')]), '{"facts":{}}')).toEqual({
      ok: true,
      values: { facts: {} },
    });
  });

  it('lengths after decoding, in the count of Strapi', () => {
    const shape = answerShape([output('metaDescription', { maxLength: 4 })]);
    expect(parse(shape, '{"metaDescription":"a&amp;bc"}')).toMatchObject({ ok: true });
    expect(parse(shape, '😀😀')).toMatchObject({ ok: true });
    expect(parse(shape, '😀😀!')).toMatchObject({ ok: false, reason: { params: { length: 5 } } });
    expect(parse(shape, 'e\u0302\u0301ee\u0301e')).toMatchObject({ ok: true });
  });
});

describe('parse: what is refused', () => {
  const rest = '"title":"A","seo__metaTitle":"C"';
  it.each([
    ['nothing', '', 'answer_empty', {}],
    ['white space', ' \n\uFEFF ', 'answer_empty', {}],
    ['an empty string', `{${rest},"metaDescription":""}`, 'answer_empty', { field: 'metaDescription' }],
    [
      'a string of tags',
      `{${rest},"metaDescription":"<p> </p>"}`,
      'answer_empty',
      { field: 'metaDescription' },
    ],
    [
      'only a script',
      `{${rest},"metaDescription":"<script>alert(1)</script>"}`,
      'answer_empty',
      { field: 'metaDescription' },
    ],
    ['null', `{${rest},"metaDescription":null}`, 'answer_empty', { field: 'metaDescription' }],
    ['prose', 'I would rather talk about books.', 'answer_not_json', {}],
    ['half a JSON', '{"title":"A","metaDescr', 'answer_not_json', {}],
    [
      'a text over the limit',
      `{${rest},"metaDescription":"${'x'.repeat(51)}"}`,
      'answer_too_long',
      { field: 'metaDescription', length: 51, maxLength: 50 },
    ],
    [
      'a string over 255',
      `{"title":"${'x'.repeat(256)}","metaDescription":"B","seo__metaTitle":"C"}`,
      'answer_too_long',
      { field: 'title', length: 256, maxLength: 255 },
    ],
    ['a missing field', `{${rest}}`, 'answer_invalid', { field: 'metaDescription', detail: 'it is missing' }],
    ['the wrong JSON', '{"foo":"bar"}', 'answer_invalid', {}],
    ['a list', '[1,2,3]', 'answer_invalid', {}],
    [
      'an object for a text',
      `{${rest},"metaDescription":{"a":1}}`,
      'answer_invalid',
      { field: 'metaDescription' },
    ],
  ])('%s', (_what, text, code, params) => {
    const read = parse(several, text);
    expect(read).toMatchObject({ ok: false, reason: { code, params } });
    expect(!read.ok && read.repair).toMatch(/"title", "metaDescription", "seo__metaTitle"/);
  });

  it.each([
    ['half a JSON', '{"metaDescription":"abc', 'answer_not_json'],
    ['the wrong JSON', '{"foo":"bar"}', 'answer_invalid'],
    ['the wrong JSON in a fence', '```json\n{"foo":"bar"}\n```', 'answer_invalid'],
    ['half a fence', '```json\n{"metaDescription":"abc', 'answer_not_json'],
    ['a number', '{"metaDescription":{}}', 'answer_invalid'],
  ])('%s is not taken for the text of a single field', (_what, text, code) => {
    expect(parse(single, text)).toMatchObject({ ok: false, reason: { code } });
  });

  it.each([
    [
      'metaTitle',
      'short',
      {
        code: 'answer_invalid',
        params: { field: 'metaTitle', detail: expect.stringContaining('at least 10') },
      },
    ],
    [
      'mood',
      'angry',
      { code: 'answer_invalid', params: { field: 'mood', detail: expect.stringContaining('happy') } },
    ],
    ['facts', 'not json', { code: 'answer_not_json' }],
  ])('%s: %s', (path, text, reason) => {
    expect(parse(answerShape([output(path)]), text)).toMatchObject({ ok: false, reason });
  });

  it('a value that does not match the pattern of its attribute', () => {
    const shape = answerShape([{ field: { ...output('title').field, regex: '^[A-Z]' } }]);
    expect(parse(shape, 'abc')).toMatchObject({ ok: false, reason: { code: 'answer_invalid' } });
    expect(parse(shape, 'Abc')).toMatchObject({ ok: true });
    expect(parse(answerShape([{ field: { ...output('title').field, regex: '(' } }]), 'abc')).toMatchObject({
      ok: true,
    });
  });

  it('a text of blocks over a limit, counted in words that show', () => {
    const shape = answerShape([output('content', { maxLength: 5 })]);
    expect(parse(shape, '**abcde**')).toMatchObject({ ok: true });
    expect(parse(shape, '**abcdef**')).toMatchObject({
      ok: false,
      reason: { code: 'answer_too_long', params: { length: 6 } },
    });
  });

  it('tells the model everything that was wrong, in one go', () => {
    const read = parse(
      several,
      `{"title":"","metaDescription":"${'x'.repeat(60)}","seo__metaTitle":["a",1]}`
    );
    expect(!read.ok && read.repair).toMatch(
      /"title" is empty.*"metaDescription" has 60 characters, but at most 50.*"seo__metaTitle": a text is needed/
    );
  });
});

describe('parse: hostile answers', () => {
  it.each([
    ['open brackets', '{'.repeat(1_000_000)],
    ['open lists', '['.repeat(1_000_000)],
    ['nested lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['quotes', '"'.repeat(1_000_000)],
    ['a long prose', 'word '.repeat(200_000)],
    ['prototypes', '{"__proto__":{"title":"A"},"constructor":1}'],
    ['many objects', '{"a":1}'.repeat(100_000)],
  ])('%s', (_what, text) => {
    const started = Date.now();
    expect(parse(several, text).ok).toBe(false);
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('a JSON field nested beyond reason', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(parse(answerShape([output('facts')]), `{"facts":${deep}}`)).toMatchObject({
      ok: false,
      reason: { code: 'answer_invalid' },
    });
  });
});
