import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOpenAiCompatibleProvider } from '../../../server/src/providers/openai-compatible';
import * as presets from '../../../server/src/providers/presets';
import { requestOf, SECRET_KEY, STRICT_ANSWER, useFakeServer } from './harness';

const server = useFakeServer();
const never = new AbortController().signal;

const bodyOf = async (
  preset: presets.OpenAiCompatiblePreset,
  changes: Parameters<typeof requestOf>[0] = {}
): Promise<Record<string, unknown>> => {
  await createOpenAiCompatibleProvider(preset).generate(server.connection(), requestOf(changes), never);
  return server.current().lastRequest?.body ?? {};
};

afterEach(() => vi.unstubAllEnvs());

describe('the request', () => {
  it('holds what was asked and nothing more', async () => {
    expect(await bodyOf(presets.openAiPreset, { temperature: 0.4, maxTokens: 300 })).toEqual({
      model: 'fake-large',
      messages: requestOf().messages,
      stream: false,
      temperature: 0.4,
      max_completion_tokens: 300,
    });
    expect(await bodyOf(presets.openAiPreset, { temperature: null, maxTokens: null, extra: null })).toEqual({
      model: 'fake-large',
      messages: requestOf().messages,
      stream: false,
    });
    expect(await bodyOf(presets.openAiPreset, { temperature: 0 })).toMatchObject({ temperature: 0 });
  });

  it.each([
    ['openAiPreset', 'max_completion_tokens'],
    ['xaiPreset', 'max_completion_tokens'],
    ['openRouterPreset', 'max_tokens'],
    ['deepSeekPreset', 'max_tokens'],
    ['geminiPreset', 'max_tokens'],
    ['ollamaPreset', 'max_tokens'],
    ['lmStudioPreset', 'max_tokens'],
    ['openAiCompatiblePreset', 'max_tokens'],
  ] as const)('%s calls the longest answer %s', async (name, parameter) => {
    expect(await bodyOf(presets[name], { maxTokens: 50 })).toHaveProperty(parameter, 50);
  });

  it('takes extras, but not for the model, the messages or streaming', async () => {
    const extra = {
      model: 'expensive',
      messages: [],
      stream: true,
      stream_options: { include_usage: true },
      reasoning_effort: 'low',
      temperature: 1,
      max_tokens: 5,
    };
    expect(await bodyOf(presets.openAiPreset, { extra, temperature: 0.2, maxTokens: 300 })).toEqual({
      model: 'fake-large',
      messages: requestOf().messages,
      stream: false,
      reasoning_effort: 'low',
      temperature: 1,
      max_tokens: 5,
    });
  });

  it('sends the schema, strict where OpenAI can keep it', async () => {
    const { response_format: strict, messages } = await bodyOf(presets.openAiPreset, {
      answer: STRICT_ANSWER,
    });
    expect(strict).toEqual({ type: 'json_schema', json_schema: { ...STRICT_ANSWER, strict: true } });
    expect(messages).toEqual(requestOf().messages);
    const answer = { name: 'fields', schema: { ...STRICT_ANSWER.schema, required: ['metaTitle'] } };
    const { response_format: loose } = await bodyOf(presets.openAiPreset, { answer });
    expect(loose).toEqual({ type: 'json_schema', json_schema: answer });
  });

  it('tells the schema in words where json_object is all there is', async () => {
    const body = await bodyOf(presets.deepSeekPreset, { answer: STRICT_ANSWER });
    expect(body.response_format).toEqual({ type: 'json_object' });
    const told = `You write for a bookshop.\n\nAnswer with one JSON object`;
    expect(body.messages).toMatchObject([
      { role: 'system', content: expect.stringContaining(told) },
      { role: 'user' },
    ]);
    expect(JSON.stringify(body.messages)).toContain('metaTitle');
  });

  it('tells it in words alone in instruction mode, with a system message of its own if there is none', async () => {
    const preset = { ...presets.deepSeekPreset, structuredOutput: 'instruction' as const };
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    const body = await bodyOf(preset, { answer: STRICT_ANSWER, messages });
    expect(body).not.toHaveProperty('response_format');
    expect(body.messages).toMatchObject([{ role: 'system' }, { role: 'user', content: 'Hello' }]);
  });

  it.each(['ollamaPreset', 'lmStudioPreset', 'openAiCompatiblePreset'] as const)(
    '%s is told both ways, as it may not keep the schema',
    async (name) => {
      const body = await bodyOf(presets[name], { answer: STRICT_ANSWER });
      expect(body.response_format).toMatchObject({ type: 'json_schema' });
      expect(JSON.stringify(body.messages)).toContain('JSON schema');
    }
  );

  it('requires parameters on OpenRouter with a schema only, beside the routing of the person', async () => {
    const extra = { provider: { order: ['acme'] } };
    expect(await bodyOf(presets.openRouterPreset, { answer: STRICT_ANSWER, extra })).toMatchObject({
      provider: { require_parameters: true, order: ['acme'] },
    });
    expect(await bodyOf(presets.openRouterPreset)).not.toHaveProperty('provider');
    expect(await bodyOf(presets.openAiPreset, { answer: STRICT_ANSWER })).not.toHaveProperty('provider');
  });

  it('sends the key, the title to OpenRouter, and nothing of the environment', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-other');
    vi.stubEnv('OPENAI_PROJECT_ID', 'project-other');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Leak: yes\nAuthorization: Bearer other');
    await bodyOf(presets.openRouterPreset);
    const headers = server.current().lastRequest?.headers ?? {};
    expect(headers).toMatchObject({
      authorization: `Bearer ${SECRET_KEY}`,
      'x-openrouter-title': 'AI Jobs for Strapi',
    });
    for (const name of [
      'openai-organization',
      'openai-project',
      'x-leak',
      'http-referer',
      'x-stainless-os',
    ]) {
      expect(headers).not.toHaveProperty(name);
    }
    await bodyOf(presets.openAiPreset);
    expect(server.current().lastRequest?.headers).not.toHaveProperty('x-openrouter-title');
  });

  it('sends no key to a local server without one, not even that of the environment', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-environment');
    const ollama = createOpenAiCompatibleProvider(presets.ollamaPreset);
    await ollama.generate({ ...server.connection(), apiKey: null }, requestOf(), never);
    expect(server.current().lastRequest?.headers).not.toHaveProperty('authorization');
  });
});
