/** A chat turn. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** What is asked of a model. */
export interface GenerateRequest {
  model: string;
  messages: ChatMessage[];
  /** The shape of the answer; null: plain text. */
  answer: { name: string; schema: Record<string, unknown> } | null;
  temperature?: number | null;
  /** The longest answer, in tokens. */
  maxTokens?: number | null;
  /** Further properties of the provider's request, from the person who started the job. */
  extra?: Record<string, unknown> | null;
}

/** Tokens as the provider counted them; `inputTokens` includes the cached ones, `outputTokens` the reasoning ones. */
export interface TokenUsage {
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  reasoningTokens: number;
}

/** What a model answered. */
export interface GenerateReply {
  text: string;
  /** The model that answered, as the provider names it. */
  model: string;
  finishReason: 'stop' | 'length' | 'content_filter' | 'other';
  /** The model's own words where it declined. */
  refusal: string | null;
  usage: TokenUsage;
  /** As reported by the provider, in USD; null: it reports none. */
  costUsd: number | null;
  requestId: string | null;
}

/** A call that was refused because of its form (a schema, a parameter that the model does not know). */
export interface RefusedCall {
  durationMs: number;
  requestId: string | null;
}

/** How a provider is reached, found from the environment, the configuration and the stored settings. */
export interface ProviderConnection {
  apiKey: string | null;
  baseUrl: string;
  /** Per call; milliseconds. */
  timeoutMs: number;
  /** What this project calls the provider, for what is said about a failure; otherwise the provider's own label. */
  label?: string;
}

/**
 * One AI API. `generate`, `listModels` throw WorkError only (domain/work-error), and the signal's reason when aborted.
 */
export interface Provider {
  /** Stable, lower case: `openai`. */
  name: string;
  label: string;
  /** Whether it works only with a key. */
  needsKey: boolean;
  /** Null: an administrator has to give one (an OpenAI-compatible address of their own). */
  defaultBaseUrl: string | null;
  /** Names of the environment variables, like `OPENAI_API_KEY` and `OPENAI_BASE_URL`. */
  environment: { apiKey: string; baseUrl: string };
  /** The best it can do to keep an answer in shape. */
  structuredOutput: 'json_schema' | 'json_object' | 'instruction';
  /** @param onRefused told of each call whose form the provider refused before it was asked in another one: a call as any other. */
  generate(
    connection: ProviderConnection,
    request: GenerateRequest,
    signal: AbortSignal,
    onRefused?: (refused: RefusedCall) => void
  ): Promise<GenerateReply>;
  listModels(connection: ProviderConnection, signal: AbortSignal): Promise<{ id: string; label: string }[]>;
}
