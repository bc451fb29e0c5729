import english from './problems/en.json';
import vietnamese from './problems/vi.json';
import { fillReason, REASON_SENTENCES, type ReasonParams } from './reason';

/** Why a request is refused: a code the reader's language is found by, and what to fill in. */
export type ProblemCode = keyof typeof english;

/** As sent over HTTP: the code and its parameters with the English sentence. */
export interface Problem {
  code: ProblemCode;
  params: ReasonParams;
  message: string;
}

/** The sentences per language; every code has one in each, and none is a reason's as well. */
export const PROBLEM_SENTENCES: Record<'en' | 'vi', Record<ProblemCode, string>> = {
  en: english,
  vi: vietnamese,
};

/** True for what has a sentence here. */
export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(english, code);
}

/** The sentence of a problem in the given language; its parts may be reasons' sentences, too. */
export function problemSentence(
  code: ProblemCode,
  params: ReasonParams,
  language: 'en' | 'vi' = 'en'
): string {
  const own: Record<string, string | undefined> = PROBLEM_SENTENCES[language];
  const reasons: Record<string, string | undefined> = REASON_SENTENCES[language];
  return fillReason(PROBLEM_SENTENCES[language][code], params, (part) => own[part] ?? reasons[part]);
}

/** A problem with its English sentence. */
export function problem(code: ProblemCode, params: ReasonParams = {}): Problem {
  return { code, params, message: problemSentence(code, params) };
}

/** Codes that have a second sentence, `…_near`, which names what was probably meant. */
type NearCode = { [Code in ProblemCode]: `${Code}_near` extends ProblemCode ? Code : never }[ProblemCode];

/** A name that does not exist. @param nearest what was probably meant; null where nothing comes near */
export function unknownName(code: NearCode, params: ReasonParams, nearest: string | null): Problem {
  return nearest === null ? problem(code, params) : problem(`${code}_near`, { ...params, nearest });
}
