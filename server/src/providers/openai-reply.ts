import { tidyCharacters } from '../domain/tidy-text';
import { isRecord } from './fault';
import type { GenerateReply, TokenUsage } from './provider';

/** More fits no column. */
const MOST_TOKENS = 2 ** 31 - 1;

/** Why a body is no chat completion. */
export class NotACompletion extends Error {
  constructor(readonly code: 'detail_reply_not_object' | 'detail_reply_no_choices') {
    super(code);
  }
}

/**
 * Reads the body of a chat completion, leniently: what is missing is zero or null, but there must be a choice.
 * @param reasoningBesideOutput see OpenAiCompatiblePreset
 * @throws NotACompletion
 */
export function readCompletion(
  body: unknown,
  modelAsked: string,
  reasoningBesideOutput: boolean
): GenerateReply {
  if (!isRecord(body)) throw new NotACompletion('detail_reply_not_object');
  const choice: unknown = Array.isArray(body.choices) ? body.choices[0] : undefined;
  if (!isRecord(choice)) throw new NotACompletion('detail_reply_no_choices');
  const message = isRecord(choice.message) ? choice.message : {};
  const usage = isRecord(body.usage) ? body.usage : {};
  return {
    text: withoutThinking(textOf(message.content)),
    model: typeof body.model === 'string' && body.model !== '' ? tidyCharacters(body.model) : modelAsked,
    finishReason: finishReasonOf(choice.finish_reason),
    refusal: typeof message.refusal === 'string' && message.refusal !== '' ? message.refusal : null,
    usage: readUsage(usage, reasoningBesideOutput),
    costUsd: readCost(usage),
    requestId: requestIdOf(body),
  };
}

/** The entries of `GET /models`, by id; a bare list is taken too. Null: neither. */
export function readModels(body: unknown): { id: string; label: string }[] | null {
  const list: unknown = isRecord(body) ? body.data : body;
  if (!Array.isArray(list)) return null;
  const entries: unknown[] = list;
  return entries
    .filter(isRecord)
    .flatMap(({ id, name }) =>
      typeof id === 'string' && id !== ''
        ? [{ id, label: typeof name === 'string' && name !== '' ? name : id.replace(/^models\//, '') }]
        : []
    )
    .sort((one, other) => one.id.localeCompare(other.id));
}

/** Text, or the text parts of a list. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const parts: unknown[] = content;
  return parts.map((part) => (isRecord(part) && typeof part.text === 'string' ? part.text : '')).join('');
}

/** Local reasoning models put their thoughts in front of the answer. */
function withoutThinking(text: string): string {
  return text.replace(/^\s*<think>[\s\S]*?<\/think>\s*/, '');
}

function finishReasonOf(reason: unknown): GenerateReply['finishReason'] {
  const word = typeof reason === 'string' ? reason.toLowerCase() : 'stop';
  if (word === 'length' || word === 'max_tokens') return 'length';
  if (word === 'content_filter' || word === 'safety') return 'content_filter';
  return ['stop', 'eos', 'end_turn', 'stop_sequence'].includes(word) ? 'stop' : 'other';
}

function readUsage(usage: Record<string, unknown>, reasoningBesideOutput: boolean): TokenUsage {
  const promptDetails = isRecord(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const outputDetails = isRecord(usage.completion_tokens_details) ? usage.completion_tokens_details : {};
  const inputTokens = count(usage.prompt_tokens);
  const answerTokens = count(usage.completion_tokens);
  const outputTokens = reasoningBesideOutput
    ? Math.max(answerTokens, count(usage.total_tokens) - inputTokens)
    : answerTokens;
  return {
    inputTokens,
    cachedTokens: count(promptDetails.cached_tokens ?? usage.prompt_cache_hit_tokens),
    outputTokens,
    reasoningTokens: Math.max(count(outputDetails.reasoning_tokens), outputTokens - answerTokens),
  };
}

/** OpenRouter's. With a key of one's own at the upstream, `cost` is its fee and the upstream's part stands beside it. */
function readCost(usage: Record<string, unknown>): number | null {
  if (typeof usage.cost !== 'number' || !Number.isFinite(usage.cost) || usage.cost < 0) return null;
  const details = isRecord(usage.cost_details) ? usage.cost_details : {};
  const upstream = details.upstream_inference_cost;
  return usage.is_byok === true && typeof upstream === 'number' && upstream > 0
    ? usage.cost + upstream
    : usage.cost;
}

/** A number of tokens that a column holds, whatever a provider says. */
function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0
    ? Math.min(Math.round(value), MOST_TOKENS)
    : 0;
}

/** The openai package adds the `x-request-id` header as `_request_id`; else the completion's own id. */
function requestIdOf(body: Record<string, unknown>): string | null {
  for (const id of [body._request_id, body.id]) {
    if (typeof id === 'string' && id !== '') return tidyCharacters(id.slice(0, 200));
  }
  return null;
}
