/** The facts of one OpenAI-compatible API; everything else about it is the same for all. */
export interface OpenAiCompatiblePreset {
  name: string;
  label: string;
  defaultBaseUrl: string | null;
  needsKey: boolean;
  environment: { apiKey: string; baseUrl: string };
  structuredOutput: 'json_schema' | 'json_object' | 'instruction';
  /** False: a schema may be taken and not kept, so it is told to the model in words as well. */
  enforcesSchema: boolean;
  /** What the API calls the longest answer; the other name is tried once where it is refused. */
  tokensParameter: 'max_tokens' | 'max_completion_tokens';
  /** True: `completion_tokens` leaves the reasoning tokens out, only `total_tokens` has them. */
  reasoningBesideOutput: boolean;
  /** OpenRouter's: only route to hosts that know every parameter sent. */
  requireParameters: boolean;
  /** Sent with every call. */
  headers: Record<string, string>;
}

function preset(
  name: string,
  label: string,
  defaultBaseUrl: string | null,
  facts: Partial<OpenAiCompatiblePreset> = {}
): OpenAiCompatiblePreset {
  const prefix = name.toUpperCase().replaceAll('-', '_');
  return {
    name,
    label,
    defaultBaseUrl,
    needsKey: true,
    environment: { apiKey: `${prefix}_API_KEY`, baseUrl: `${prefix}_BASE_URL` },
    structuredOutput: 'json_schema',
    enforcesSchema: true,
    tokensParameter: 'max_tokens',
    reasoningBesideOutput: false,
    requireParameters: false,
    headers: {},
    ...facts,
  };
}

/** `max_tokens` is deprecated there, and refused by its reasoning models. */
export const openAiPreset = preset('openai', 'OpenAI', 'https://api.openai.com/v1', {
  tokensParameter: 'max_completion_tokens',
});

export const openRouterPreset = preset('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', {
  requireParameters: true,
  // The title alone: HTTP-Referer would tell the address of the site.
  headers: { 'X-OpenRouter-Title': 'AI Jobs for Strapi' },
});

/** Knows no json_schema; its json_object wants the word "json" in the prompt. */
export const deepSeekPreset = preset('deepseek', 'DeepSeek', 'https://api.deepseek.com', {
  structuredOutput: 'json_object',
});

export const xaiPreset = preset('xai', 'xAI', 'https://api.x.ai/v1', {
  tokensParameter: 'max_completion_tokens',
  reasoningBesideOutput: true,
});

export const geminiPreset = preset(
  'gemini',
  'Google Gemini',
  'https://generativelanguage.googleapis.com/v1beta/openai',
  { reasoningBesideOutput: true }
);

/** Schemas are kept by the local server, not by Ollama Cloud. */
export const ollamaPreset = preset('ollama', 'Ollama', 'http://localhost:11434/v1', {
  needsKey: false,
  enforcesSchema: false,
});

export const lmStudioPreset = preset('lmstudio', 'LM Studio', 'http://localhost:1234/v1', {
  needsKey: false,
  enforcesSchema: false,
});

/** Any address an administrator gives: vLLM, LiteLLM, a gateway of the company. */
export const openAiCompatiblePreset = preset('openai-compatible', 'OpenAI-compatible server', null, {
  needsKey: false,
  enforcesSchema: false,
});
