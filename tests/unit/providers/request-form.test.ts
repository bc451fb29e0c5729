import { describe, expect, it } from 'vitest';
import { createOpenAiCompatibleProvider } from '../../../server/src/providers/openai-compatible';
import * as presets from '../../../server/src/providers/presets';
import { error, ok, openAiError } from '../../fakes/openai-server';
import { requestOf, STRICT_ANSWER, useFakeServer, workErrorOf } from './harness';

const server = useFakeServer();
const never = new AbortController().signal;
const openai = createOpenAiCompatibleProvider(presets.openAiPreset);

const bodyOf = async (
  preset: presets.OpenAiCompatiblePreset,
  changes: Parameters<typeof requestOf>[0] = {}
): Promise<Record<string, unknown>> => {
  await createOpenAiCompatibleProvider(preset).generate(server.connection(), requestOf(changes), never);
  return server.current().lastRequest?.body ?? {};
};
const bodies = () => server.current().requests.map(({ body }) => body);
const unsupported = (param: string) =>
  error(
    400,
    openAiError(
      `Unsupported parameter: '${param}' is not supported with this model.`,
      'invalid_request_error',
      'unsupported_parameter',
      param
    )
  );

describe('a model that takes less', () => {
  it('is asked once more without the temperature, and at once the next time', async () => {
    const provider = createOpenAiCompatibleProvider(presets.openAiPreset);
    const message =
      "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.";
    server
      .current()
      .respond(({ body }) =>
        'temperature' in body
          ? error(400, openAiError(message, 'invalid_request_error', 'unsupported_value', 'temperature'))
          : ok('Words')
      );
    const generate = () => provider.generate(server.connection(), requestOf({ temperature: 0.2 }), never);
    expect((await generate()).text).toBe('Words');
    expect(server.current().calls).toBe(2);
    await generate();
    expect(server.current().calls).toBe(3);
  });

  it.each([
    ['openAiCompatiblePreset', 'max_tokens', 'max_completion_tokens'],
    ['openAiPreset', 'max_completion_tokens', 'max_tokens'],
  ] as const)('%s is asked once more with the other name of %s', async (name, refused, other) => {
    server.current().respond(({ body }) => (refused in body ? unsupported(refused) : ok('Words')));
    const body = await bodyOf(presets[name], { maxTokens: 77 });
    expect(body).toHaveProperty(other, 77);
    expect(server.current().calls).toBe(2);
  });

  it('is asked no more than once for each', async () => {
    server
      .current()
      .respond(({ body }) =>
        unsupported(
          'temperature' in body
            ? 'temperature'
            : 'max_tokens' in body
              ? 'max_tokens'
              : 'max_completion_tokens'
        )
      );
    const request = requestOf({ temperature: 1, maxTokens: 5 });
    const provider = createOpenAiCompatibleProvider(presets.openAiPreset);
    const failure = await workErrorOf(provider.generate(server.connection(), request, never));
    expect(failure.reason.code).toBe('provider_bad_request');
    expect(server.current().calls).toBe(3);
  });

  it('is not asked again where a value is out of range', async () => {
    for (const [message, param] of [
      [
        'max_tokens is too large: 200000. This model supports at most 16384 completion tokens',
        'max_completion_tokens',
      ],
      ['temperature must be at most 2', 'temperature'],
    ]) {
      server.current().reset();
      server
        .current()
        .respond(() => error(400, openAiError(message ?? '', 'invalid_request_error', null, param)));
      await workErrorOf(
        openai.generate(server.connection(), requestOf({ temperature: 3, maxTokens: 200_000 }), never)
      );
      expect(server.current().calls).toBe(1);
    }
  });

  it('gets json_object, then the instruction, where response_format is refused', async () => {
    server.current().respond(({ body }) => {
      const format = body.response_format;
      return format
        ? error(
            400,
            openAiError("'response_format' of this type is not available", 'invalid_request_error', null)
          )
        : ok({ metaTitle: 'A', tone: 'dry' });
    });
    const provider = createOpenAiCompatibleProvider(presets.openAiPreset);
    const reply = await provider.generate(server.connection(), requestOf({ answer: STRICT_ANSWER }), never);
    expect(JSON.parse(reply.text)).toEqual({ metaTitle: 'A', tone: 'dry' });
    expect(bodies().map((body) => JSON.stringify(body.response_format ?? null))).toEqual([
      expect.stringContaining('"json_schema"'),
      '{"type":"json_object"}',
      'null',
    ]);
    expect(JSON.stringify(bodies()[0]?.messages)).not.toContain('JSON schema');
    expect(JSON.stringify(bodies()[2]?.messages)).toContain('JSON schema');
  });

  it('is asked without the requirement where OpenRouter finds no host', async () => {
    server.current().respond(({ body }) =>
      'provider' in body
        ? error(404, {
            error: { code: 404, message: 'No endpoints found that can handle the requested parameters.' },
          })
        : ok({})
    );
    const body = await bodyOf(presets.openRouterPreset, { answer: STRICT_ANSWER });
    expect(body.response_format).toEqual({ type: 'json_object' });
    expect(server.current().calls).toBe(2);
  });

  it('tells the trouble of the second call where that fails otherwise', async () => {
    server.current().respond((_request, index) => (index === 0 ? unsupported('temperature') : error(500)));
    const provider = createOpenAiCompatibleProvider(presets.openAiPreset);
    const failure = await workErrorOf(
      provider.generate(server.connection(), requestOf({ temperature: 1 }), never)
    );
    expect(failure.reason.code).toBe('provider_unavailable');
  });
});
