import { describe, expect, it } from 'vitest';
import { createProviderRegistry } from '../../../server/src/providers/registry';
import { createOpenAiCompatibleProvider } from '../../../server/src/providers/openai-compatible';
import { openAiPreset } from '../../../server/src/providers/presets';

describe('the providers that come along', () => {
  const registry = createProviderRegistry();

  it.each([
    ['openai', 'https://api.openai.com/v1', true, 'json_schema', 'OPENAI'],
    ['openrouter', 'https://openrouter.ai/api/v1', true, 'json_schema', 'OPENROUTER'],
    ['deepseek', 'https://api.deepseek.com', true, 'json_object', 'DEEPSEEK'],
    ['xai', 'https://api.x.ai/v1', true, 'json_schema', 'XAI'],
    ['gemini', 'https://generativelanguage.googleapis.com/v1beta/openai', true, 'json_schema', 'GEMINI'],
    ['ollama', 'http://localhost:11434/v1', false, 'json_schema', 'OLLAMA'],
    ['lmstudio', 'http://localhost:1234/v1', false, 'json_schema', 'LMSTUDIO'],
    ['openai-compatible', null, false, 'json_schema', 'OPENAI_COMPATIBLE'],
  ])('%s has its facts', (name, defaultBaseUrl, needsKey, structuredOutput, prefix) => {
    expect(registry.get(name)).toMatchObject({
      name,
      defaultBaseUrl,
      needsKey,
      structuredOutput,
      environment: { apiKey: `${prefix}_API_KEY`, baseUrl: `${prefix}_BASE_URL` },
    });
  });

  it('are listed in the order of the registry', () => {
    expect(registry.names()).toEqual([
      'openai',
      'openrouter',
      'deepseek',
      'xai',
      'gemini',
      'ollama',
      'lmstudio',
      'openai-compatible',
    ]);
    expect(registry.list().map(({ name }) => name)).toEqual(registry.names());
  });
});

describe('the registry', () => {
  const mine = { ...createOpenAiCompatibleProvider(openAiPreset), name: 'mine' };

  it('takes a provider of the project', () => {
    const registry = createProviderRegistry([]);
    registry.register(mine);
    expect(registry.get('mine')).toBe(mine);
    expect(registry.get('other')).toBeUndefined();
  });

  it('fails at once for two with the same name', () => {
    const registry = createProviderRegistry([mine]);
    expect(() => registry.register({ ...mine })).toThrow('two providers with the name "mine"');
    expect(() => createProviderRegistry([mine, mine])).toThrow('two providers with the name "mine"');
  });

  it.each(['Mine', '', 'my provider', '-mine'])('refuses the name "%s"', (name) => {
    expect(() => createProviderRegistry([{ ...mine, name }])).toThrow('is not usable');
  });
});
