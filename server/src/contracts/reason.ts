import english from './reasons/en.json';
import vietnamese from './reasons/vi.json';

/** Why something stands as it does: a code the reader's language is found by, and what to fill in. */
export type ReasonCode = keyof typeof english;

/** True for what has a sentence here. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(english, code);
}

export type ReasonParams = Record<string, string | number | boolean | null>;

/** As stored in a column: no words, so that each reader gets their own. */
export interface StoredReason {
  code: ReasonCode;
  params: ReasonParams;
  /** Whether running the same thing again can help. */
  retryable: boolean;
}

/** As sent over HTTP: the stored reason with its English sentence. */
export interface Reason extends StoredReason {
  message: string;
}

/** The sentences per language; every code has one in each. `{name}` is filled from the parameters. */
export const REASON_SENTENCES: Record<'en' | 'vi', Record<ReasonCode, string>> = {
  en: english,
  vi: vietnamese,
};

/** Fills `{name}` in a sentence from `params`; an unknown name stays as it is written. */
export function fillSentence(sentence: string, params: ReasonParams): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    params[name] === undefined || params[name] === null ? whole : String(params[name])
  );
}

/** What the name of a parameter ends with that holds the codes of another one. */
const CODE_OF_PART = 'Code';

/**
 * Fills a reason's sentence. A part of it in the plugin's own words, such as `{detail}`, is a code as well (`detailCode`;
 * several are joined), so that it comes in the reader's language; what others said stands in `detail` as they said it.
 * @param sentenceOf the sentences of the reader's language; undefined for what is not one of them
 */
export function fillReason(
  sentence: string,
  params: ReasonParams,
  sentenceOf: (code: string) => string | undefined
): string {
  const parts: ReasonParams = {};
  for (const [name, codes] of Object.entries(params)) {
    if (!name.endsWith(CODE_OF_PART) || typeof codes !== 'string') continue;
    const words = codes.split(' ').map(sentenceOf);
    if (words.includes(undefined)) continue;
    parts[name.slice(0, -CODE_OF_PART.length)] = words
      .map((part) => fillSentence(part ?? '', { ...params, ...parts }))
      .join(' ');
  }
  return fillSentence(sentence, { ...params, ...parts });
}

/** Parameters whose `{detail}` is in the plugin's own words: by their codes, and in English. */
export function withDetail(params: ReasonParams, ...codes: ReasonCode[]): ReasonParams {
  const detail = codes.map((code) => fillSentence(english[code], params)).join(' ');
  return { ...params, detail, detailCode: codes.join(' ') };
}

/** The sentence of a reason in the given language, falling back to English. */
export function reasonSentence(
  reason: { code: string; params: ReasonParams },
  language: 'en' | 'vi' = 'en'
): string {
  const sentences: Record<string, string | undefined> = REASON_SENTENCES[language];
  return fillReason(
    sentences[reason.code] ?? sentences.internal_error ?? reason.code,
    { detail: reason.code, ...reason.params },
    (code) => sentences[code]
  );
}

/** Adds the English sentence to a stored reason. */
export function withMessage(reason: StoredReason): Reason {
  return { ...reason, message: reasonSentence(reason) };
}

/** What a person puts right elsewhere, so that a paused job can go on. */
const SET_UP_CODES: readonly string[] = [
  'key_missing',
  'key_refused',
  'key_unusable',
  'address_missing',
  'address_invalid',
  'quota_exhausted',
] satisfies ReasonCode[];

/** Whether a job that paused itself waits for something that is put right elsewhere; then it has to be resumed. */
export function waitsForSetUp(job: { status: string; reason: { code: string } | null }): boolean {
  return job.status === 'paused' && job.reason !== null && SET_UP_CODES.includes(job.reason.code);
}
