import { isReasonCode, type ReasonCode, type ReasonParams, reasonSentence } from '../contracts/reason';

/** What this side says of an answer that says nothing itself. */
export interface OwnWords {
  code: ReasonCode;
  params: ReasonParams;
}

/**
 * What a provider says went wrong, in one shape. Sources: OpenAI, OpenRouter and Gemini `{error:{message,code,type,param}}`
 * (Gemini also inside an array; `code` may be a number), xAI `{code,error:"text"}`, vLLM `{message,type,code}`,
 * FastAPI `{detail}`.
 */
export interface ProviderFault {
  message: string;
  /** A word, a number as text, or `UNREADABLE` / `UNRECOGNISED`; empty: none. */
  code: string;
  type: string;
  /** The request's parameter that is meant; empty: none. */
  param: string;
  /** OpenRouter's reasons of moderation. */
  metadata: unknown;
  /** Gemini's, which may hold how long to wait. */
  details: unknown;
  /** Set where `message` is not the provider's. */
  words: OwnWords | null;
}

/** The answer was no reply of the interface at all: no JSON, too large, a redirect. */
export const UNREADABLE = 'ai_jobs_unreadable';
/** An error status whose body has none of the known shapes: a proxy's page, a wrong address. */
export const UNRECOGNISED = 'ai_jobs_unrecognised';

/** True for a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A fault of this side's making, for answers that hold none. */
export function fault(code: string, said: string | OwnWords): ProviderFault {
  const words = typeof said === 'string' ? null : said;
  const message = typeof said === 'string' ? said : reasonSentence(said);
  return { message, code, type: '', param: '', metadata: null, details: null, words };
}

/** The fault in a parsed body; null where it has none of the known shapes. */
export function readFault(answered: unknown): ProviderFault | null {
  const body: unknown = Array.isArray(answered) ? answered[0] : answered;
  if (!isRecord(body)) return null;
  if (isRecord(body.error)) return fromFields(body.error);
  if (typeof body.error === 'string' && body.error !== '') {
    return { ...fault(textOf(body.code), body.error), type: textOf(body.type) };
  }
  if (typeof body.message === 'string') return fromFields(body);
  return null;
}

function fromFields(fields: Record<string, unknown>): ProviderFault {
  return {
    message: typeof fields.message === 'string' ? fields.message : (written(fields.message) ?? ''),
    code: textOf(fields.code),
    type: textOf(fields.type),
    param: textOf(fields.param),
    metadata: written(fields.metadata) === null ? null : fields.metadata,
    details: written(fields.details) === null ? null : fields.details,
    words: wordsOf(fields.words),
  };
}

/** As JSON; null: it is not there, or nested more deeply than can be written. */
function written(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

/** More than any words of this side have. */
const MOST_PARAMS = 4;
const LONGEST_NAME = 40;

/** As `fault` made them; a provider that imitates them says no more than they can say. */
function wordsOf(value: unknown): OwnWords | null {
  if (!isRecord(value) || typeof value.code !== 'string' || !isReasonCode(value.code)) return null;
  const given = isRecord(value.params) ? Object.entries(value.params) : [];
  if (given.length > MOST_PARAMS || given.some(([name]) => name.length > LONGEST_NAME)) return null;
  const params = given.map(([name, said]) => [name, typeof said === 'number' ? said : textOf(said)] as const);
  return { code: value.code, params: Object.fromEntries(params) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
