import { reasonSentence, type ReasonCode, type ReasonParams, type StoredReason } from '../contracts/reason';

/**
 * What kind of trouble it is, and so what the engine does about it:
 * - `input`: this entry, prompt or answer; the item fails at once, a person may change something and retry
 * - `limit`: too many requests; the provider's calls wait, no attempt is used up
 * - `outage`: the provider or the network; tried again with backoff, the breaker counts it
 * - `credentials`: the key, the account or the model; the job pauses itself with the reason
 * - `database`: Strapi's own was away or too busy; tried again soon, no attempt is used up
 * - `bug`: unforeseen; tried again with backoff
 */
export type Trouble = 'input' | 'limit' | 'outage' | 'credentials' | 'database' | 'bug';

/** An error that carries the decision: code, sentence, what to do next. */
export class WorkError extends Error {
  readonly reason: StoredReason;
  readonly trouble: Trouble;
  /** How long to wait before another try, where the other side said so; milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(
    code: ReasonCode,
    params: ReasonParams = {},
    options: { trouble?: Trouble; retryable?: boolean; retryAfterMs?: number | null; cause?: unknown } = {}
  ) {
    super(reasonSentence({ code, params }), { cause: options.cause });
    this.name = 'WorkError';
    this.trouble = options.trouble ?? 'input';
    this.reason = { code, params, retryable: options.retryable ?? this.trouble !== 'input' };
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** True for a WorkError, also one made by another copy of this module. */
export function isWorkError(error: unknown): error is WorkError {
  return error instanceof Error && error.name === 'WorkError' && 'reason' in error;
}
