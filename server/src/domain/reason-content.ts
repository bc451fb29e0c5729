import { isReasonCode, REASON_SENTENCES, withDetail, type StoredReason } from '../contracts/reason';

/** Parameters that hold names, of people, fields, models and the like; any other text may be an entry's, a model's or a provider's words. */
const NAMES = new Set([
  'person',
  'provider',
  'model',
  'type',
  'field',
  'fields',
  'contentType',
  'locale',
  'network',
  'place',
  'target',
  'requestId',
  'pattern',
  'options',
  'placeholder',
  'nearest',
  'filter',
  'tag',
  'what',
]);

/**
 * A reason for those who may not read what it is about: what of its sentence may be content says that it is not shown. The same
 * reason where nothing of it is content.
 */
export function withoutContent(reason: StoredReason): StoredReason {
  const { params } = reason;
  const isCodes = (name: string): boolean =>
    name.endsWith('Code') && String(params[name]).split(' ').every(isReasonCode);
  const isPutTogether = (name: string): boolean =>
    Object.hasOwn(params, `${name}Code`) && isCodes(`${name}Code`);
  const texts = Object.keys(params).filter((name) => typeof params[name] === 'string' && !NAMES.has(name));
  const content = texts.filter((name) => !isCodes(name) && !isPutTogether(name));
  if (content.length === 0) return reason;

  // What is put together may hold the rest.
  const plain = Object.entries(params).filter(([name]) => !texts.includes(name));
  const sentences: Record<string, string | undefined> = REASON_SENTENCES.en;
  const sentence = sentences[reason.code] ?? '';
  const { detail: words = '', detailCode: code = '' } = withDetail({}, 'detail_not_yours');
  const instead = texts
    .filter((name) => sentence.includes(`{${name}}`))
    .flatMap((name) => [
      [name, words],
      [`${name}Code`, code],
    ]);
  return { ...reason, params: Object.fromEntries([...plain, ...instead]) };
}
