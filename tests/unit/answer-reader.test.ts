import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerShape, type AnswerShape } from '../../server/src/domain/answer-schema';
import { writableFields } from '../../server/src/domain/fields';
import { createAnswerReader, type AnswerReader } from '../../server/src/services/answer-reader';
import { bookshop, POST } from './bookshop-schemas';

const ROOT = path.resolve(__dirname, '../..');
const LONG_BODY = `Xin **chào**. [Harm](javascript:alert(1)) ${'word '.repeat(1_000)}`;

const shapeFor = (name: string): AnswerShape => {
  const field = writableFields(POST, bookshop).find((candidate) => candidate.path === name);
  if (!field) throw new Error(`no field ${name}`);
  return answerShape([{ field }]);
};

describe('createAnswerReader', () => {
  let folder: string;
  let reader: AnswerReader;
  const open = (readWithinMs?: number): AnswerReader =>
    (reader = createAnswerReader(path.join(folder, 'thread.js'), readWithinMs));

  beforeAll(async () => {
    // Within the project: what the thread needs is found from where its file stands.
    folder = await mkdtemp(path.join(ROOT, 'node_modules', '.answer-thread-'));
    await promisify(execFile)('node', [
      path.join(ROOT, 'scripts', 'build-answer-thread.mjs'),
      path.join(folder, 'thread.js'),
    ]);
  });
  afterEach(() => reader.close());
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['short', 'Xin **chào**. [Harm](javascript:alert(1)) '],
    ['long', LONG_BODY],
  ])('reads a %s answer', async (_length, text) => {
    const read = await open().read(JSON.stringify({ body: text }), shapeFor('body'));
    expect(read).toEqual({
      ok: true,
      values: { body: text.replace('[Harm](javascript:alert(1))', 'Harm').trim() },
    });
  });

  it('reads several at once, each with its own result', async () => {
    const texts = Array.from({ length: 5 }, (_, number) => `${number} ${'word '.repeat(500)}`.trim());
    open();
    const read = await Promise.all(
      texts.map((body) => reader.read(JSON.stringify({ body }), shapeFor('body')))
    );
    expect(read).toEqual(texts.map((body) => ({ ok: true, values: { body } })));
  });

  it('a fault is told as it is in place', async () => {
    expect(await open().read(JSON.stringify({ other: LONG_BODY }), shapeFor('metaTitle'))).toMatchObject({
      ok: false,
      reason: { code: 'answer_invalid', params: { field: 'metaTitle' } },
    });
  });

  it.each(['body', 'content'])(
    '%s: what takes too long cannot be used, and the next one is read',
    async (name) => {
      open(2_000);
      // Many times as long for the parser of Markdown.
      const hostile = JSON.stringify({ [name]: `[x](y) ${'a\n===\n'.repeat(33_000)}` });
      const [taken, next] = await Promise.all([
        reader.read(hostile, shapeFor(name)),
        reader.read(JSON.stringify({ body: LONG_BODY }), shapeFor('body')),
      ]);
      expect([taken, next]).toMatchObject([
        {
          ok: false,
          reason: {
            code: 'answer_invalid',
            params: { field: name, detail: 'it is too complicated to be read' },
          },
          repair: expect.stringContaining('too complicated') as string,
        },
        { ok: true },
      ]);
    }
  );

  it('a thread that cannot start is an error, not an answer', async () => {
    reader = createAnswerReader(path.join(folder, 'missing.js'));
    await expect(reader.read(LONG_BODY, shapeFor('body'))).rejects.toThrow(/missing\.js/);
  });
});
