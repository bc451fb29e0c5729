import { describe, expect, it } from 'vitest';
import { createOpenAiCompatibleProvider } from '../../../server/src/providers/openai-compatible';
import * as presets from '../../../server/src/providers/presets';
import { garbage, halfJsonText, ok, refusal } from '../../fakes/openai-server';
import { requestOf, STRICT_ANSWER, useFakeServer } from './harness';

const server = useFakeServer();
const never = new AbortController().signal;
const openai = createOpenAiCompatibleProvider(presets.openAiPreset);

describe('the reply', () => {
  it('is read with usage, model and request id', async () => {
    const usage = { input: 100, cached: 40, output: 30, reasoning: 10 };
    server.current().respond(() =>
      ok('Words', {
        usage,
        model: 'fake-large-2026',
        costUsd: 0.0123,
        headers: { 'x-request-id': 'req_42' },
      })
    );
    expect(await openai.generate(server.connection(), requestOf(), never)).toEqual({
      text: 'Words',
      model: 'fake-large-2026',
      finishReason: 'stop',
      refusal: null,
      usage: { inputTokens: 100, cachedTokens: 40, outputTokens: 30, reasoningTokens: 10 },
      costUsd: 0.0123,
      requestId: 'req_42',
    });
  });

  it('satisfies the schema that was sent', async () => {
    for (const preset of [presets.openAiPreset, presets.deepSeekPreset]) {
      const provider = createOpenAiCompatibleProvider(preset);
      const { text } = await provider.generate(
        server.connection(),
        requestOf({ answer: STRICT_ANSWER }),
        never
      );
      expect(JSON.parse(text)).toEqual({ metaTitle: expect.stringContaining('lighthouse'), tone: 'warm' });
    }
  });

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'content_filter'],
    ['tool_calls', 'other'],
    [null, 'stop'],
  ])('that ended with %s', async (finishReason, expected) => {
    server.current().respond(() => ok('Words', { finishReason }));
    const reply = await openai.generate(server.connection(), requestOf(), never);
    expect(reply.finishReason).toBe(expected);
  });

  it('may be a refusal, empty or broken text: that is for the caller to judge', async () => {
    const generate = () => openai.generate(server.connection(), requestOf(), never);
    server.current().respond(() => refusal('I cannot help with that.'));
    expect(await generate()).toMatchObject({ text: '', refusal: 'I cannot help with that.', costUsd: null });
    server.current().respond(() => ok(''));
    expect(await generate()).toMatchObject({ text: '', refusal: null });
    server.current().respond(() => halfJsonText());
    expect((await generate()).text).toMatch(/^\{"metaTitle"/);
  });

  it('is read leniently', async () => {
    const generate = async (body: object) => {
      server.current().respond(() => garbage(JSON.stringify(body), 'text/plain'));
      return openai.generate(server.connection(), requestOf(), never);
    };
    expect(
      await generate({ choices: [{ message: { content: [{ type: 'text', text: 'A' }, { text: 'B' }] } }] })
    ).toEqual({
      text: 'AB',
      model: 'fake-large',
      finishReason: 'stop',
      refusal: null,
      usage: { inputTokens: 0, cachedTokens: 0, outputTokens: 0, reasoningTokens: 0 },
      costUsd: null,
      requestId: null,
    });
    const thinking = { choices: [{ message: { content: '<think>\nHm.\n</think>\n\nWords' } }], id: 'gen-1' };
    expect(await generate(thinking)).toMatchObject({ text: 'Words', requestId: 'gen-1' });
    const odd = {
      choices: [{ message: { content: 'x' } }],
      usage: { prompt_tokens: -5, completion_tokens: 'many', cost: 'free' },
    };
    expect(await generate(odd)).toMatchObject({ usage: { inputTokens: 0, outputTokens: 0 }, costUsd: null });
    // What no column takes.
    const unfit = {
      choices: [{ message: { content: 'x' } }],
      model: 'fake\u0000\ud800-large',
      id: 'gen\u0000-1',
      usage: { prompt_tokens: 3e9, completion_tokens: 1e300 },
    };
    expect(await generate(unfit)).toMatchObject({
      model: 'fake\ufffd-large',
      requestId: 'gen-1',
      usage: { inputTokens: 2 ** 31 - 1, outputTokens: 2 ** 31 - 1 },
    });
  });

  it.each([
    [
      "DeepSeek's cache",
      presets.deepSeekPreset,
      { prompt_tokens: 90, completion_tokens: 5, prompt_cache_hit_tokens: 64 },
      { inputTokens: 90, cachedTokens: 64, outputTokens: 5, reasoningTokens: 0 },
    ],
    [
      "xAI's reasoning beside the output",
      presets.xaiPreset,
      {
        prompt_tokens: 32,
        completion_tokens: 9,
        total_tokens: 219,
        completion_tokens_details: { reasoning_tokens: 178 },
      },
      { inputTokens: 32, cachedTokens: 0, outputTokens: 187, reasoningTokens: 178 },
    ],
    [
      "Gemini's untold reasoning",
      presets.geminiPreset,
      { prompt_tokens: 10, completion_tokens: 20, total_tokens: 80 },
      { inputTokens: 10, cachedTokens: 0, outputTokens: 70, reasoningTokens: 50 },
    ],
  ])('counts %s', async (_name, preset, usage, expected) => {
    server
      .current()
      .respond(() => garbage(JSON.stringify({ choices: [{ message: { content: 'x' } }], usage })));
    const reply = await createOpenAiCompatibleProvider(preset).generate(
      server.connection(),
      requestOf(),
      never
    );
    expect(reply.usage).toEqual(expected);
  });

  it("adds the upstream's part to OpenRouter's cost where the person's own key pays it", async () => {
    const usage = {
      prompt_tokens: 1,
      cost: 0.25,
      is_byok: true,
      cost_details: { upstream_inference_cost: 0.5 },
    };
    server
      .current()
      .respond(() => garbage(JSON.stringify({ choices: [{ message: { content: 'x' } }], usage })));
    expect((await openai.generate(server.connection(), requestOf(), never)).costUsd).toBe(0.75);
  });
});
