import { describe, expect, it } from 'vitest';
import { createKeyHiding } from '../../../server/src/providers/hidden-key';
import { createOpenAiCompatibleProvider } from '../../../server/src/providers/openai-compatible';
import { openAiPreset } from '../../../server/src/providers/presets';
import { error, garbage, ok, openAiError } from '../../fakes/openai-server';
import { requestOf, useFakeServer, workErrorOf } from './harness';

const server = useFakeServer();
const never = new AbortController().signal;
const openai = createOpenAiCompatibleProvider(openAiPreset);

const SHORT = 'abc12345';
const WORDS = 'correct-horse-battery-staple';
const SLASHED = 'sk/planted+key/7b2e=';

/** Each character as `\u….` */
const byNumber = (text: string): string =>
  [...text].map((character) => `\\u00${character.charCodeAt(0).toString(16).toUpperCase()}`).join('');
const slashesEscaped = (text: string): string => text.replaceAll('/', '\\/');

/** Spellings of a key inside the quotes of a JSON text; each stands for the same characters. */
const SPELLINGS: [string, (key: string) => string][] = [
  ['as it is', (key) => key],
  ['with its slashes escaped', slashesEscaped],
  ['by the numbers of its characters', byNumber],
];

describe.each([SHORT, WORDS, SLASHED])('the key %s', (apiKey) => {
  it.each(SPELLINGS)('%s is in no generated text, model list or error', async (_name, spell) => {
    const connection = { ...server.connection(), apiKey };
    const spelled = (json: string): string => json.replaceAll('PLANTED', spell(apiKey));
    const completion = {
      id: 'PLANTED',
      choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'It is PLANTED.' } }],
    };
    server.current().respond(() => garbage(spelled(JSON.stringify(completion))));
    const generated = await openai.generate(connection, requestOf(), never);
    expect(generated.text).toBe('It is [key].');
    expect(JSON.stringify(generated)).not.toContain(apiKey);

    server.current().respondModels(() => garbage(spelled('{"data":[{"id":"a-PLANTED","name":"PLANTED"}]}')));
    const models = await openai.listModels(connection, never);
    expect(models.map(({ id }) => id)).toEqual(['a-[key]']);
    expect(JSON.stringify(models)).not.toContain(apiKey);

    const refused = spelled('{"choices":[{"error":{"message":"Bad key PLANTED","code":"PLANTED"}}]}');
    server.current().respond(() => garbage(refused));
    const failure = await workErrorOf(openai.generate(connection, requestOf(), never));
    expect(JSON.stringify(failure.reason)).toContain('[key]');
    expect(JSON.stringify(failure.reason)).not.toContain(apiKey);
  });

  it('is not in an answer whose text is JSON, and an error repeats it nowhere', async () => {
    const connection = { ...server.connection(), apiKey };
    server
      .current()
      .respond(() => ok(`{"metaTitle":"${slashesEscaped(apiKey)}","more":"${byNumber(apiKey)}"}`));
    const { text } = await openai.generate(connection, requestOf(), never);
    expect(JSON.parse(text)).toEqual({ metaTitle: '[key]', more: '[key]' });
    server.current().respond(() => error(400, openAiError(`Bad ${apiKey}`, apiKey, apiKey)));
    const failure = await workErrorOf(openai.generate(connection, requestOf(), never));
    expect(JSON.stringify(failure.reason)).not.toContain(apiKey);
  });
});

describe('what is left of a text', () => {
  it.each([
    ['abc1234', 'a key of abc1234, seven characters'],
    [SHORT, 'abc1234 and Abc12345 and abc-12345'],
    ['password', 'pass word\\npasswor'],
  ])('beside the key %s', (key, text) => {
    expect(createKeyHiding(key)(text)).toBe(text);
  });

  it('is as good JSON as before', () => {
    const key = 'nvapi-"quoted"\\12';
    const text = JSON.stringify({ [key]: `before\n${key}\\`, inside: JSON.stringify([key, '\\']) });
    expect(JSON.parse(createKeyHiding(key)(text))).toEqual({
      '[key]': 'before\n[key]\\',
      inside: '["[key]","\\\\"]',
    });
  });

  it('is found quickly, whatever it holds', () => {
    const startedAt = performance.now();
    for (const key of [SLASHED, '\\'.repeat(40), '\\/'.repeat(20)])
      createKeyHiding(key)(`${'\\'.repeat(300_000)}${'sk\\/'.repeat(100_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
