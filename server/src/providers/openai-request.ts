import { isRecord } from './fault';
import type { OpenAiCompatiblePreset } from './presets';
import type { ChatMessage, GenerateRequest } from './provider';

/** How an answer is kept in shape; `text`: no shape was asked for. */
export type AnswerMode = 'json_schema' | 'json_object' | 'instruction' | 'text';

/** What of a request depends on what the model takes; see request-form.ts for how it changes. */
export interface RequestForm {
  answerMode: AnswerMode;
  sendTemperature: boolean;
  tokensParameter: 'max_tokens' | 'max_completion_tokens';
}

/** The form that is tried first. */
export function firstForm(preset: OpenAiCompatiblePreset, request: GenerateRequest): RequestForm {
  return {
    answerMode: request.answer ? preset.structuredOutput : 'text',
    sendTemperature: true,
    tokensParameter: preset.tokensParameter,
  };
}

/** Streaming and everything that only goes with it; an answer is read as a whole. */
const NEVER_EXTRA = ['model', 'messages', 'stream', 'stream_options'];

/** The body of `POST /chat/completions`. `extra` may set anything but the model, the messages and streaming. */
export function buildRequestBody(
  preset: OpenAiCompatiblePreset,
  request: GenerateRequest,
  form: RequestForm
): Record<string, unknown> {
  const extra = Object.fromEntries(
    Object.entries(request.extra ?? {}).filter(([name]) => !NEVER_EXTRA.includes(name))
  );
  const settings: Record<string, unknown> = {};
  if (form.sendTemperature && typeof request.temperature === 'number')
    settings.temperature = request.temperature;
  const ownTokens = 'max_tokens' in extra || 'max_completion_tokens' in extra;
  if (typeof request.maxTokens === 'number' && !ownTokens) settings[form.tokensParameter] = request.maxTokens;
  const responseFormat = buildResponseFormat(request, form.answerMode);
  if (responseFormat) settings.response_format = responseFormat;

  const body: Record<string, unknown> = {
    ...settings,
    ...extra,
    model: request.model,
    messages: buildMessages(preset, request, form.answerMode),
    stream: false,
  };
  if (preset.requireParameters && form.answerMode === 'json_schema') {
    body.provider = { require_parameters: true, ...(isRecord(extra.provider) ? extra.provider : {}) };
  }
  return body;
}

function buildResponseFormat(request: GenerateRequest, mode: AnswerMode): Record<string, unknown> | null {
  if (mode === 'json_object') return { type: 'json_object' };
  if (mode !== 'json_schema' || !request.answer) return null;
  const { name, schema } = request.answer;
  const strict = isStrict(schema);
  return { type: 'json_schema', json_schema: { name, schema, ...(strict ? { strict } : {}) } };
}

/** OpenAI's condition for `strict`: every object closed, every property required. */
function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (!isRecord(schema)) return true;
  if (schema.type === 'object' || isRecord(schema.properties)) {
    const names = Object.keys(isRecord(schema.properties) ? schema.properties : {});
    const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
    if (schema.additionalProperties !== false || !names.every((name) => required.includes(name)))
      return false;
    return Object.values(isRecord(schema.properties) ? schema.properties : {}).every(isStrict);
  }
  return isStrict(schema.items) && isStrict(schema.anyOf);
}

function buildMessages(
  preset: OpenAiCompatiblePreset,
  request: GenerateRequest,
  mode: AnswerMode
): ChatMessage[] {
  const enforced = mode === 'json_schema' && preset.enforcesSchema;
  if (!request.answer || enforced) return request.messages;
  const instruction = answerInstruction(request.answer.schema);
  const [first, ...rest] = request.messages;
  return first?.role === 'system'
    ? [{ role: 'system', content: `${first.content}\n\n${instruction}` }, ...rest]
    : [{ role: 'system', content: instruction }, ...request.messages];
}

/** Tells the schema in words. json_object wants the word "JSON" somewhere in the prompt. */
function answerInstruction(schema: Record<string, unknown>): string {
  return [
    'Answer with one JSON object and nothing else: no introduction, no explanation, no Markdown around it.',
    'The object must match this JSON schema:',
    JSON.stringify(schema),
  ].join('\n');
}
