import { describe, expect, it, vi } from 'vitest';
import { createOpenAiCompatibleProvider } from '../../../server/src/providers/openai-compatible';
import { openAiPreset } from '../../../server/src/providers/presets';
import { delay, error, garbage, hang, hangInBody, ok, openAiError } from '../../fakes/openai-server';
import { requestOf, useFakeServer, workErrorOf } from './harness';

const server = useFakeServer();
const never = new AbortController().signal;
const openai = createOpenAiCompatibleProvider(openAiPreset);

describe('an abort', () => {
  it.each([
    ['while nothing has been answered', hang()],
    ['in the middle of the answer', hangInBody()],
    ['of a slow answer', delay(60_000, ok('late'))],
  ])('%s ends the call at once with its reason', async (_name, reply) => {
    server.current().respond(() => reply);
    const controller = new AbortController();
    const reason = new Error('cancelled by a person');
    const call = openai.generate(server.connection(60_000), requestOf(), controller.signal);
    const outcome = call.catch((cause: unknown) => cause);
    await server.current().waitForCalls(1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const abortedAt = Date.now();
    controller.abort(reason);
    expect(await outcome).toBe(reason);
    expect(Date.now() - abortedAt).toBeLessThan(200);
    await vi.waitFor(() => expect(server.current().aborted).toBe(1));
    expect(server.current().active).toBe(0);
  });

  it('before the call sends nothing', async () => {
    const reason = new Error('cancelled');
    await expect(openai.generate(server.connection(), requestOf(), AbortSignal.abort(reason))).rejects.toBe(
      reason
    );
    expect(server.current().calls).toBe(0);
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    await openai.generate(server.connection(), requestOf(), signal);
    expect(add).toHaveBeenCalledTimes(1);
    expect(remove).toHaveBeenCalledTimes(1);
  });
});

describe('the key', () => {
  it('is asked for before any call', async () => {
    for (const apiKey of [null, '']) {
      const failure = await workErrorOf(
        openai.generate({ ...server.connection(), apiKey }, requestOf(), never)
      );
      expect([failure.reason.code, failure.trouble]).toEqual(['key_missing', 'credentials']);
      expect(failure.reason.params).toEqual({ provider: 'OpenAI' });
    }
    await workErrorOf(openai.listModels({ ...server.connection(), apiKey: null }, never));
    expect(server.current().calls).toBe(0);
  });

  it.each(['sk-kéy', 'sk key', 'sk\nkey'])('%j cannot be sent, and is not told', async (apiKey) => {
    const failure = await workErrorOf(
      openai.generate({ ...server.connection(), apiKey }, requestOf(), never)
    );
    expect([failure.reason.code, failure.trouble]).toEqual(['key_unusable', 'credentials']);
    expect(JSON.stringify(failure.reason)).not.toContain(apiKey);
  });

  it('that the server does not take is refused', async () => {
    server.current().requireKey('another');
    const failure = await workErrorOf(openai.generate(server.connection(), requestOf(), never));
    expect(failure.reason.code).toBe('key_refused');
  });
});

describe('listModels', () => {
  const list = () => openai.listModels(server.connection(), never);

  it('lists them by id', async () => {
    server.current().setModels(['beta', 'alpha']);
    expect(await list()).toEqual([
      { id: 'alpha', label: 'alpha' },
      { id: 'beta', label: 'beta' },
    ]);
  });

  it("takes OpenRouter's names, Gemini's prefix and a bare list", async () => {
    server
      .current()
      .respondModels(() =>
        garbage('{"data":[{"id":"acme/a","name":"Acme: A"},{"id":"models/g"},{"no":1},null]}')
      );
    expect(await list()).toEqual([
      { id: 'acme/a', label: 'Acme: A' },
      { id: 'models/g', label: 'g' },
    ]);
    server.current().respondModels(() => garbage('[{"id":"one"}]'));
    expect(await list()).toEqual([{ id: 'one', label: 'one' }]);
  });

  it('throws WorkErrors, and the reason of an abort', async () => {
    server.current().respondModels(() => error(404, '404 page not found'));
    expect((await workErrorOf(list())).reason.code).toBe('provider_bad_reply');
    server.current().respondModels(() => garbage('{"models":1}'));
    expect((await workErrorOf(list())).reason.code).toBe('provider_bad_reply');
    server.current().respondModels(() => error(401, openAiError('No', 'x', null)));
    expect((await workErrorOf(list())).reason.code).toBe('key_refused');
    server.current().respondModels(() => hang());
    await expect(openai.listModels(server.connection(), AbortSignal.timeout(50))).rejects.toThrow('timeout');
  });
});
