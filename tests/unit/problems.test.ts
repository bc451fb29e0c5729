import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { createJobSchema } from '../../server/src/contracts/job';
import { PROBLEM_SENTENCES, isProblemCode, problemSentence } from '../../server/src/contracts/problem';
import { isReasonCode, reasonSentence, withDetail } from '../../server/src/contracts/reason';
import type { InputProblem } from '../../server/src/domain/invalid-input';
import { schemaProblems } from '../../server/src/domain/schema-problems';
import { createRedisBackend } from '../../server/src/queue/backends/redis';

const namesIn = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

test('both languages have the same codes', () => {
  expect(Object.keys(PROBLEM_SENTENCES.vi)).toEqual(Object.keys(PROBLEM_SENTENCES.en));
});

test.each(Object.entries(PROBLEM_SENTENCES.en))(
  '%s is no reason’s code, and names the same things in both languages',
  (code, english) => {
    expect(isReasonCode(code)).toBe(false);
    const vietnamese = isProblemCode(code) ? PROBLEM_SENTENCES.vi[code] : '';
    expect(vietnamese).not.toBe('');
    expect(namesIn(vietnamese)).toEqual(namesIn(english));
  }
);

/** What is said of a value, in both languages. */
const saidOf = (schema: z.ZodType, value: unknown, at: string[] = []): [string, string][] => {
  const { error } = schema.safeParse(value);
  const problems: InputProblem[] = error ? schemaProblems(error, value, at) : [];
  return problems.map(({ code, params, message }) => {
    if (code === undefined) throw new Error(`“${message}” has no code`);
    expect(problemSentence(code, params ?? {})).toBe(message);
    return [message, problemSentence(code, params ?? {}, 'vi')];
  });
};

test('of thousands of wrong places the first are named', () => {
  const numbers = Array.from({ length: 5_000 }, (_, index) => index);
  const said = saidOf(z.array(z.string()), numbers, ['ids']);
  expect(said).toHaveLength(50);
  expect(said[0]?.[0]).toMatch(/^ids\.0/);
});

describe('what a schema finds wrong is said in both languages', () => {
  const schema = z.strictObject({
    text: z.string().min(1).max(3),
    number: z.number().int().min(1).max(5),
    list: z.array(z.string()).min(1).max(2),
    choice: z.enum(['apply', 'publish']),
  });
  const fine = { text: 'a', number: 1, list: ['a'], choice: 'apply' };
  it.each<[object, string, string]>([
    [
      { text: undefined },
      'text: a text (string) is needed here and was not given.',
      'text: ở đây cần một đoạn văn bản (string) nhưng không có.',
    ],
    [{ number: 'a' }, 'number: a number is needed here.', 'number: ở đây cần một số (number).'],
    [
      { number: 1.5 },
      'number: a whole number (integer) is needed here.',
      'number: ở đây cần một số nguyên (integer).',
    ],
    [{ text: '' }, 'text: this may not be empty.', 'text: không được để trống.'],
    [{ text: 'long' }, 'text: at most 3 characters are possible.', 'text: chỉ được tối đa 3 ký tự.'],
    [{ number: 0 }, 'number: at least 1 is needed.', 'number: phải từ 1 trở lên.'],
    [{ number: 6 }, 'number: at most 5 is possible.', 'number: chỉ được tối đa 5.'],
    [{ list: [] }, 'list: the list needs at least 1.', 'list: danh sách cần ít nhất 1 phần tử.'],
    [
      { choice: 'both' },
      'choice: it has to be one of "apply"|"publish".',
      'choice: phải là một trong các giá trị "apply"|"publish".',
    ],
    [
      { colour: 'red' },
      'The input: there is no “colour” here. Check the spelling, or leave it out.',
      'Nội dung gửi lên: ở đây không có “colour”. Hãy kiểm tra chính tả hoặc bỏ đi.',
    ],
  ])('%j', (wrong, english, vietnamese) => {
    expect(saidOf(schema, { ...fine, ...wrong })).toEqual([[english, vietnamese]]);
  });

  it('at the place where the value stands in what was sent', () => {
    const [[english] = []] = saidOf(schema, { ...fine, list: [1] }, ['settings']);
    expect(english).toBe('settings.list.0: a text (string) is needed here.');
  });

  it('also where a contract checks one kind of selection or another', () => {
    const body = { type: 'fill-fields', settings: {}, startAt: 'soon' };
    expect(saidOf(createJobSchema, { ...body, selection: { contentType: 'post', status: 'old' } })).toEqual([
      [
        'startAt: it has to be a time in the form of ISO 8601, like 2030-01-31T08:00:00Z.',
        'startAt: phải là một thời điểm theo dạng ISO 8601, như 2030-01-31T08:00:00Z.',
      ],
      [
        'selection.contentType: it has to be the uid of a content type, like "api::post.post".',
        'selection.contentType: phải là uid của một loại nội dung, như "api::post.post".',
      ],
      [expect.stringContaining('one of "draft"|"published"'), expect.stringContaining('phải là một trong')],
    ]);
  });

  it('and what somebody else’s schema says of its own stays as it is', () => {
    const own = z.string().refine(() => false, 'must rhyme');
    expect(saidOf(own, 'a', ['settings', 'poem'])).toEqual([
      ['settings.poem: must rhyme.', 'settings.poem: must rhyme.'],
    ]);
  });
});

describe('what is wrong with the queue', () => {
  const log = () => undefined;
  const redis = createRedisBackend('redis://127.0.0.1:1', 'k', {
    debug: log,
    info: log,
    warn: log,
    error: log,
  });
  it('comes in both languages, alone and as the detail of what waits', () => {
    const away = redis.explain(new Error('Connection is closed.'));
    expect(away.message).toBe(
      'Redis at 127.0.0.1:1 does not answer (connection lost). Check that it runs and that the Redis URL is right.'
    );
    const vietnamese = 'Redis tại 127.0.0.1:1 không trả lời (mất kết nối).';
    expect(reasonSentence(away, 'vi')).toContain(vietnamese);
    const waits = { code: 'queue_not_draining', params: withDetail(away.params, away.code) };
    expect(reasonSentence(waits)).toBe(`Items wait, and no worker takes them. ${away.message}`);
    expect(reasonSentence(waits, 'vi')).toContain(vietnamese);
  });
});
