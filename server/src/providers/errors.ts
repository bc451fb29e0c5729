import { withDetail, type ReasonCode, type ReasonParams } from '../contracts/reason';
import { isWorkError, WorkError, type Trouble } from '../domain/work-error';
import { cleanDetail } from './error-detail';
import {
  fault,
  isRecord,
  readFault,
  UNREADABLE,
  UNRECOGNISED,
  type OwnWords,
  type ProviderFault,
} from './fault';
import { readRetryAfter } from './retry-after';

/** What an error's sentence names, and what must not appear in it. */
export interface CallContext {
  /** The provider's label. */
  provider: string;
  /** Null: the call is not about a model. */
  model: string | null;
  timeoutMs: number;
  /** How long the call lasted; milliseconds. A connection can time out long before `timeoutMs`. */
  elapsedMs?: number;
  /** Removed from whatever the provider says. */
  apiKey: string | null;
}

/** A status and the fault told with it. */
export interface HttpFault {
  status: number;
  fault: ProviderFault;
  headers: Headers | null;
}

/** The key is missing and the provider needs one. */
export function keyMissing(provider: string): WorkError {
  return new WorkError('key_missing', { provider }, { trouble: 'credentials' });
}

/** The answer has not the shape of the interface. */
export function badReply(context: CallContext, said: string | OwnWords): WorkError {
  const { provider, apiKey } = context;
  const params =
    typeof said === 'string'
      ? { provider, detail: cleanDetail(said, apiKey) }
      : withDetail({ ...cleanParams(said, apiKey), provider }, said.code);
  return new WorkError('provider_bad_reply', params, { trouble: 'outage' });
}

/**
 * Puts what a call threw into words and a decision. The error is not kept as the cause: it may hold the key or the text of
 * an entry. An abort is not an error of the provider: look at the signal first.
 */
export function toWorkError(error: unknown, context: CallContext): WorkError {
  if (isWorkError(error)) return error;
  const answered = httpFaultOf(error);
  if (answered) return fromStatus(answered, context);
  if (isTimeout(error)) {
    const seconds = Math.max(
      1,
      Math.round(Math.min(context.elapsedMs ?? Infinity, context.timeoutMs) / 1_000)
    );
    return new WorkError('provider_timeout', { provider: context.provider, seconds }, { trouble: 'outage' });
  }
  if (isConnectionError(error)) {
    const params = connectionParams(error, context.provider);
    return new WorkError('provider_unreachable', params, { trouble: 'outage' });
  }
  const detail = cleanDetail(error instanceof Error ? error.message : String(error), context.apiKey);
  if (error instanceof SyntaxError) return badReply(context, detail);
  return new WorkError('internal_error', { detail }, { trouble: 'bug' });
}

/** The status and fault of the openai package's APIError; null: nothing was answered. Told by its shape, see `isNamed`. */
export function httpFaultOf(error: unknown): HttpFault | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  const body = 'error' in error ? error.error : undefined;
  const headers = 'headers' in error && error.headers instanceof Headers ? error.headers : null;
  return {
    status: error.status,
    fault: readFault({ error: body }) ?? fault(UNRECOGNISED, error.message),
    headers,
  };
}

interface Decision {
  code: ReasonCode;
  trouble: Trouble;
}

function fromStatus({ status, fault: told, headers }: HttpFault, context: CallContext): WorkError {
  const { code, trouble } = decide(status, told, context);
  const { words } = told;
  const known = { provider: context.provider, model: context.model, status };
  const params: ReasonParams = words
    ? withDetail({ ...cleanParams(words, context.apiKey), ...known }, words.code)
    : { ...known, detail: cleanDetail(told.message, context.apiKey) };
  const requestId = headers?.get('x-request-id');
  if (requestId) params.requestId = cleanDetail(requestId, context.apiKey);
  const waits = trouble === 'limit' || trouble === 'outage';
  const retryAfterMs = waits ? readRetryAfter(headers, told.details, Date.now()) : null;
  return new WorkError(code, params, { trouble, retryAfterMs });
}

/** What is said counts before the status: providers differ in the status they give to the same trouble. */
function decide(status: number, told: ProviderFault, context: CallContext): Decision {
  if (told.code === UNREADABLE) return { code: 'provider_bad_reply', trouble: 'outage' };
  if (isWithheld(told)) return { code: 'answer_filtered', trouble: 'input' };
  if (isOutOfCredit(status, told)) return { code: 'quota_exhausted', trouble: 'credentials' };
  if (status < 500 && status !== 429 && context.model !== null && isUnknownModel(status, told)) {
    return { code: 'model_not_found', trouble: 'credentials' };
  }
  if (status === 401 || status === 403 || (status === 400 && isRefusedKey(told))) {
    return { code: 'key_refused', trouble: 'credentials' };
  }
  // A wrong address strikes every item alike, so the job pauses as it does for a key.
  if (status === 404 || status === 405) return { code: 'provider_bad_reply', trouble: 'credentials' };
  if (status === 429) return { code: 'provider_rate_limited', trouble: 'limit' };
  if (status === 408 || status === 409 || status === 425 || status >= 500) {
    return { code: 'provider_unavailable', trouble: 'outage' };
  }
  return { code: 'provider_bad_request', trouble: 'input' };
}

const WITHHELD_CODES = new Set(['content_filter', 'content_policy_violation', 'moderation_blocked']);

/** OpenRouter answers a flagged input with 403 and says so in the metadata, xAI in words. */
function isWithheld({ code, message, metadata }: ProviderFault): boolean {
  const moderated = isRecord(metadata) && ('flagged_input' in metadata || Array.isArray(metadata.reasons));
  return moderated || WITHHELD_CODES.has(code) || /SAFETY_CHECK|violates usage guidelines/.test(message);
}

const CREDIT_CODES = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active']);

/** Not the words "exceeded your quota": Gemini says them for a limit per minute. */
function isOutOfCredit(status: number, { code, type, message }: ProviderFault): boolean {
  if (status === 402 || CREDIT_CODES.has(code) || CREDIT_CODES.has(type)) return true;
  return status === 403 && /\bcredits?\b|\bbalance\b/i.test(message);
}

function isUnknownModel(status: number, { code, message }: ProviderFault): boolean {
  if (code === 'model_not_found') return true;
  if (status === 404)
    return code !== UNRECOGNISED && !/invalid url|unknown (request )?url|no route/i.test(message);
  // Only the model's name may stand between, so that a complaint about something else does not pause the job.
  return /\bnot a valid model\b|\bmodel[\s:]+(\S{1,200}\s+)?((is|was|does) )?not (exist|found)\b/i.test(
    message
  );
}

/** Gemini and xAI answer a wrong key with 400. */
function isRefusedKey({ code, message }: ProviderFault): boolean {
  return (
    code === 'invalid_api_key' ||
    /\b(incorrect|invalid) api key\b|\bapi key (not valid|expired)\b/i.test(message)
  );
}

/** By name, so that this module does not load the openai package; its classes do not set `name`. */
function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && (names.includes(error.constructor.name) || names.includes(error.name));
}

function isTimeout(error: unknown): boolean {
  return isNamed(error, 'APIConnectionTimeoutError', 'TimeoutError');
}

function isConnectionError(error: unknown): error is Error {
  return isNamed(error, 'APIConnectionError') || (error instanceof TypeError && networkCode(error) !== null);
}

const NETWORK_WORDS: Record<string, ReasonCode> = {
  ECONNREFUSED: 'detail_network_refused',
  ECONNRESET: 'detail_network_closed',
  EPIPE: 'detail_network_closed',
  UND_ERR_SOCKET: 'detail_network_closed',
  ENOTFOUND: 'detail_network_host_unknown',
  EAI_AGAIN: 'detail_network_lookup_failed',
  EHOSTUNREACH: 'detail_network_no_way',
  ENETUNREACH: 'detail_network_no_way',
};

/** Of the causes only the code is told: their messages hold addresses. */
function connectionParams(error: Error, provider: string): ReasonParams {
  const network = networkCode(error);
  if (network === null) return withDetail({ provider }, 'detail_network_none');
  const words = NETWORK_WORDS[network];
  return words ? withDetail({ provider, network }, words) : { provider, detail: network };
}

function cleanParams({ params }: OwnWords, apiKey: string | null): ReasonParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? cleanDetail(value, apiKey) : value,
    ])
  );
}

/** The code of the first cause that has one, like `ECONNREFUSED`. */
function networkCode(error: unknown): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(cause.code))
      return cause.code;
  }
  return null;
}
