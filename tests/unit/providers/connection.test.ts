import { describe, expect, it } from 'vitest';
import { resolveConnection } from '../../../server/src/providers/connection';

const openai = {
  label: 'OpenAI',
  needsKey: true,
  defaultBaseUrl: 'https://api.openai.com/v1',
  environment: { apiKey: 'OPENAI_API_KEY', baseUrl: 'OPENAI_BASE_URL' },
};
const local = { ...openai, label: 'Ollama', needsKey: false, defaultBaseUrl: 'http://localhost:11434/v1' };
const anyAddress = { ...local, label: 'OpenAI-compatible server', defaultBaseUrl: null };
const nothing = { environment: {}, configuration: null, stored: null, timeoutMs: 60_000 };

describe('resolveConnection', () => {
  it('takes the environment before the configuration before the settings', () => {
    const stored = { apiKey: 'sk-stored-3333', baseUrl: 'https://stored.example/v1' };
    const configuration = { apiKey: 'sk-config-2222', baseUrl: 'https://config.example/v1' };
    const environment = {
      OPENAI_API_KEY: 'sk-environment-1111',
      OPENAI_BASE_URL: 'https://environment.example/v1/',
    };
    expect(resolveConnection(openai, { environment, configuration, stored, timeoutMs: 1_000 })).toEqual({
      connection: {
        apiKey: 'sk-environment-1111',
        baseUrl: 'https://environment.example/v1',
        timeoutMs: 1_000,
      },
      keySource: 'environment',
      keyLastFour: '1111',
      baseUrl: 'https://environment.example/v1',
      baseUrlSource: 'environment',
      problem: null,
    });
    expect(resolveConnection(openai, { ...nothing, configuration, stored })).toMatchObject({
      keySource: 'configuration',
      keyLastFour: '2222',
      baseUrlSource: 'configuration',
    });
    expect(resolveConnection(openai, { ...nothing, stored })).toMatchObject({
      keySource: 'settings',
      keyLastFour: '3333',
      baseUrlSource: 'settings',
    });
  });

  it('takes key and address from different places, and the default address', () => {
    const found = resolveConnection(openai, {
      ...nothing,
      stored: { apiKey: ' sk-stored-3333\n', baseUrl: ' ' },
    });
    expect(found).toMatchObject({
      connection: { apiKey: 'sk-stored-3333', baseUrl: 'https://api.openai.com/v1' },
      keySource: 'settings',
      baseUrlSource: 'default',
    });
  });

  it.each([
    ['the environment', { environment: { OPENAI_API_KEY: 'sk-environment-1111' } }],
    ['the configuration', { configuration: { apiKey: 'sk-config-2222' } }],
  ])('never sends a key of %s to an address stored on the Settings page', (_place, own) => {
    const stored = { baseUrl: 'https://elsewhere.example/v1' };
    expect(resolveConnection(openai, { ...nothing, ...own, stored })).toMatchObject({
      connection: null,
      keySource: 'none',
      keyLastFour: null,
      baseUrlSource: 'settings',
      problem: { code: 'key_missing' },
    });
    expect(resolveConnection(local, { ...nothing, ...own, stored }).connection?.apiKey).toBeNull();
    expect(
      resolveConnection(openai, { ...nothing, ...own, stored: { ...stored, apiKey: 'sk-stored-3333' } })
    ).toMatchObject({
      connection: { apiKey: 'sk-stored-3333', baseUrl: 'https://elsewhere.example/v1' },
      keySource: 'settings',
    });
  });

  it('says that a key is missing, and lets a local server do without', () => {
    expect(resolveConnection(openai, { ...nothing, environment: { OPENAI_API_KEY: '' } })).toMatchObject({
      connection: null,
      keySource: 'none',
      keyLastFour: null,
      baseUrl: 'https://api.openai.com/v1',
      problem: { code: 'key_missing', params: { provider: 'OpenAI' }, retryable: true },
    });
    expect(resolveConnection(local, nothing)).toMatchObject({
      connection: { apiKey: null, baseUrl: 'http://localhost:11434/v1', timeoutMs: 60_000 },
      problem: null,
    });
  });

  it('says that an address is missing', () => {
    expect(resolveConnection(anyAddress, nothing)).toMatchObject({
      connection: null,
      baseUrl: null,
      baseUrlSource: 'none',
      problem: { code: 'address_missing' },
    });
  });

  it.each([
    'ftp://example.org/v1',
    'https://name:password@example.org/v1',
    'https://name@example.org/v1',
    'https://example.org/v1?key=secret',
    'https://example.org/v1#part',
    'file:///etc/passwd',
    'api.example.org',
  ])('refuses the address %s without repeating it', (baseUrl) => {
    const found = resolveConnection(anyAddress, { ...nothing, environment: { OPENAI_BASE_URL: baseUrl } });
    expect(found).toMatchObject({
      connection: null,
      baseUrl: null,
      baseUrlSource: 'environment',
      problem: { code: 'address_invalid', params: { place: 'OPENAI_BASE_URL' } },
    });
    expect(JSON.stringify(found)).not.toContain(baseUrl);
  });

  it('tells nothing of a very short key', () => {
    expect(resolveConnection(openai, { ...nothing, stored: { apiKey: 'abcde' } }).keyLastFour).toBeNull();
  });
});
