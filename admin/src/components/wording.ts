import { fillReason, type ReasonParams } from '../../../server/src/contracts/reason';

/** The sentence for a code of the server in the reader's language; undefined for a code that is not known here. */
export type SentenceOf = (code: string) => string | undefined;

/** What the server said: in English, and by the code that the reader's language is found by. */
interface Said {
  message: string;
  code: string | null;
  params: ReasonParams;
}

/** A single fault that a validation error lists, with the path of the field it is about. */
export interface Fault extends Said {
  path: string;
}

export interface ApiErrorShape {
  message: string;
  status?: number;
  details?: unknown;
}

export function isApiError(error: unknown): error is ApiErrorShape {
  return (
    typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function codeOf(details: unknown): Pick<Said, 'code' | 'params'> {
  if (!isObject(details) || !('code' in details) || typeof details.code !== 'string')
    return { code: null, params: {} };
  const known = 'params' in details && isObject(details.params) ? Object.entries(details.params) : [];
  return {
    code: details.code,
    params: Object.fromEntries(known.map(([name, value]) => [name, String(value)])),
  };
}

/** The single faults that a validation error lists. */
export function faultsIn(error: unknown): Fault[] {
  if (!isApiError(error) || !isObject(error.details)) return [];
  const errors: unknown = 'errors' in error.details ? error.details.errors : [];
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((fault: unknown) => {
    if (!isApiError(fault)) return [];
    const path: unknown = 'path' in fault ? fault.path : '';
    return [
      {
        path: Array.isArray(path) ? path.join('.') : String(path),
        message: fault.message,
        ...codeOf(fault),
      },
    ];
  });
}

/** In the reader's language, else in English as the server worded it. */
export function wordSaid({ message, code, params }: Said, sentenceOf: SentenceOf): string {
  const sentence = code === null ? undefined : sentenceOf(code);
  return sentence === undefined ? message : fillReason(sentence, params, sentenceOf);
}

/** A sentence without the name of the place it begins with: for a reader who sees it at that place. */
export function withoutPlace(sentence: string, place: string): string {
  const name = `${place}: `;
  if (!sentence.startsWith(name)) return sentence;
  const rest = sentence.slice(name.length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** Everything the server said with an error, in the reader's language as far as it has codes. */
export function wordError(error: ApiErrorShape, sentenceOf: SentenceOf): string {
  const faults = faultsIn(error);
  return faults.length === 0
    ? wordSaid({ message: error.message, ...codeOf(error.details) }, sentenceOf)
    : faults.map((fault) => wordSaid(fault, sentenceOf)).join(' ');
}
