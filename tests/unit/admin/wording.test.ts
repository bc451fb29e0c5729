import { expect, test } from 'vitest';
import {
  faultsIn,
  withoutPlace,
  wordError,
  wordSaid,
  type ApiErrorShape,
} from '../../../admin/src/components/wording';
import { loadSentences } from '../../../admin/src/translations/sentences';
import { problem } from '../../../server/src/contracts/problem';
import { problemAt } from '../../../server/src/domain/invalid-input';

/** As the admin panel looks sentences up, once it has loaded a language. */
async function sentencesIn(language: string): Promise<(code: string) => string | undefined> {
  const sentences = await loadSentences(language);
  return (code) => sentences?.[code];
}

const refused = (said: ReturnType<typeof problem>): ApiErrorShape => ({
  status: 409,
  message: said.message,
  details: { code: said.code, params: said.params },
});

test('a Vietnamese reads every problem of a wrong input in Vietnamese, each at its field', async () => {
  const errors = [
    problemAt(['settings', 'provider'], 'no_provider_near', { provider: 'opneai', nearest: 'openai' }),
    problemAt(['settings', 'outputs', '0', 'field'], 'field_twice', { field: 'title' }),
  ];
  const error = { status: 400, message: 'in English', details: { errors } };
  const vietnamese = await sentencesIn('vi');
  expect(wordError(error, vietnamese)).toBe(
    'Không có nhà cung cấp “opneai”. Ý bạn là “openai”? Trường “title” được nêu hai lần.'
  );
  expect(faultsIn(error).map((fault) => [fault.path, wordSaid(fault, vietnamese)])).toEqual([
    ['settings.provider', 'Không có nhà cung cấp “opneai”. Ý bạn là “openai”?'],
    ['settings.outputs.0.field', 'Trường “title” được nêu hai lần.'],
  ]);
});

test('each reader reads a refusal in their language, to its parts', async () => {
  const said = problem('job_not_to_pause', {
    title: 'Titles',
    job: 'Undo · Titles',
    jobCode: 'job_title_undo',
    state: 'is completed',
    stateCode: 'job_is_completed',
  });
  expect(wordError(refused(said), await sentencesIn('vi'))).toBe(
    'Công việc “Hoàn tác · Titles” đã hoàn thành, nên không tạm dừng được.'
  );
  expect(wordError(refused(said), await sentencesIn('en'))).toBe(said.message);
});

test('what has no code that is known here comes as the server said it', async () => {
  const vietnamese = await sentencesIn('vi');
  expect(wordError({ message: 'As it was.' }, vietnamese)).toBe('As it was.');
  const newer = { message: 'As it was.', details: { code: 'of_a_newer_version', params: {} } };
  expect(wordError(newer, vietnamese)).toBe('As it was.');
  const ownWords = { message: 'x', details: { errors: [{ path: ['settings'], message: 'It may not be.' }] } };
  expect(wordError(ownWords, vietnamese)).toBe('It may not be.');
});

test('at its field, a sentence does not begin with the field’s technical name', async () => {
  const fault = problemAt(['providers', 'openai', 'baseUrl'], 'text_empty', {
    place: 'providers.openai.baseUrl',
  });
  const [found] = faultsIn({ status: 400, message: 'x', details: { errors: [fault] } });
  if (!found) throw new Error('No fault was found.');
  const inEnglish = wordSaid(found, await sentencesIn('en'));
  expect(inEnglish).toBe('providers.openai.baseUrl: this may not be empty.');
  expect(withoutPlace(inEnglish, found.path)).toBe('This may not be empty.');
  const elsewhere = 'providers.openai: this may not be empty.';
  expect(withoutPlace(elsewhere, found.path)).toBe(elsewhere);
});
