import { WorkError } from '../domain/work-error';
import { badReply, httpFaultOf, keyMissing, toWorkError, type CallContext } from './errors';
import { createGuardedFetch } from './guarded-fetch';
import { NotACompletion, readCompletion, readModels } from './openai-reply';
import { buildRequestBody, firstForm } from './openai-request';
import type { OpenAiCompatiblePreset } from './presets';
import type { Provider, ProviderConnection } from './provider';
import { createFormMemory, nextForm } from './request-form';

/** A provider that speaks OpenAI's chat completions, with the facts of `preset`. Loads the openai package at the first call. */
export function createOpenAiCompatibleProvider(preset: OpenAiCompatiblePreset): Provider {
  const guardedFetch = createGuardedFetch(Object.keys(preset.headers));
  const memory = createFormMemory();

  const createClient = async (connection: ProviderConnection) => {
    const { OpenAI } = await import('openai');
    const apiKey = connection.apiKey || null;
    return new OpenAI({
      // Each value is given, or the package takes OpenAI's from the environment and sends it to whoever this is.
      apiKey: apiKey ?? 'none',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      baseURL: connection.baseUrl,
      defaultHeaders: {
        ...preset.headers,
        Authorization: apiKey === null ? null : `Bearer ${apiKey}`,
      },
      maxRetries: 0,
      fetch: guardedFetch,
      logLevel: 'off',
    });
  };

  let latest: { apiKey: string | null; baseUrl: string; client: ReturnType<typeof createClient> } | null =
    null;
  /** The client of a connection, made anew only where the key or the address is another one. */
  const clientOf = (connection: ProviderConnection): ReturnType<typeof createClient> => {
    const { apiKey, baseUrl } = connection;
    if (latest?.apiKey !== apiKey || latest.baseUrl !== baseUrl) {
      const client = createClient(connection);
      latest = { apiKey, baseUrl, client };
      client.catch(() => (latest = null));
    }
    return latest.client;
  };

  const contextOf = (connection: ProviderConnection, model: string | null): CallContext => ({
    provider: connection.label ?? preset.label,
    model,
    timeoutMs: connection.timeoutMs,
    apiKey: connection.apiKey,
  });

  const call = async <Result>(
    connection: ProviderConnection,
    context: CallContext,
    signal: AbortSignal,
    run: (
      client: Awaited<ReturnType<typeof createClient>>,
      options: { signal: AbortSignal; timeout: number }
    ) => Promise<Result>
  ): Promise<Result> => {
    checkKey(preset.needsKey, context.provider, connection);
    signal.throwIfAborted();
    // The package never takes its listener off, so it gets a signal that ends with the call.
    const controller = new AbortController();
    const abort = () => controller.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const startedAt = performance.now();
    try {
      const timeout = Math.ceil(connection.timeoutMs);
      return await run(await clientOf(connection), { signal: controller.signal, timeout });
    } catch (error) {
      signal.throwIfAborted();
      throw toWorkError(error, { ...context, elapsedMs: performance.now() - startedAt });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  };

  return {
    name: preset.name,
    label: preset.label,
    needsKey: preset.needsKey,
    defaultBaseUrl: preset.defaultBaseUrl,
    environment: preset.environment,
    structuredOutput: preset.structuredOutput,

    generate: (connection, request, signal, onRefused) => {
      const context = contextOf(connection, request.model);
      return call(connection, context, signal, async (client, options) => {
        const first = firstForm(preset, request);
        let form = memory.recall(connection.baseUrl, request) ?? first;
        for (;;) {
          const startedAt = performance.now();
          try {
            const body = buildRequestBody(preset, request, form);
            const answer = await client.post<unknown>('/chat/completions', { body, ...options });
            if (form !== first) memory.remember(connection.baseUrl, request, form);
            return readCompletion(answer, request.model, preset.reasoningBesideOutput);
          } catch (error) {
            if (error instanceof NotACompletion) throw badReply(context, { code: error.code, params: {} });
            const refusal = httpFaultOf(error);
            const next = refusal && nextForm(refusal, form, first, request);
            if (!next) throw error;
            onRefused?.({
              durationMs: Math.round(performance.now() - startedAt),
              requestId: refusal.headers?.get('x-request-id') ?? null,
            });
            form = next;
          }
        }
      });
    },

    listModels: (connection, signal) => {
      const context = contextOf(connection, null);
      return call(connection, context, signal, async (client, options) => {
        const models = readModels(await client.get<unknown>('/models', options));
        if (!models) throw badReply(context, { code: 'detail_reply_no_models', params: {} });
        return models;
      });
    },
  };
}

/** @throws WorkError where the provider needs a key and has none, or has one that cannot be sent in a header. */
function checkKey(needsKey: boolean, label: string, { apiKey }: ProviderConnection): void {
  if (!apiKey) {
    if (needsKey) throw keyMissing(label);
    return;
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new WorkError('key_unusable', { provider: label }, { trouble: 'credentials' });
  }
}
