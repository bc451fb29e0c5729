import { unknownName } from '../contracts/problem';
import type { ProviderView, TestProviderResponse } from '../contracts/provider';
import { withMessage } from '../contracts/reason';
import type { ResolvedConfig } from '../config';
import { MissingError } from '../domain/invalid-input';
import { nearest } from '../domain/nearest';
import { isWorkError, WorkError } from '../domain/work-error';
import { resolveConnection, type ResolvedConnection } from '../providers/connection';
import type { GenerateReply, Provider, ProviderConnection, RefusedCall } from '../providers/provider';
import { createReachability } from '../providers/reachability';
import type { ProviderRegistry } from '../providers/registry';
import type { MessageQueue } from '../queue/message-queue';
import { FORM_REFUSED, type NewUsage } from '../store/replies';
import type { Store } from '../store/store';
import type { SettingsService } from './settings';

const DEFAULT_MAX_PARALLEL = 20;
const TEST_TIMEOUT_MS = 30_000;
const LIST_TIMEOUT_MS = 15_000;

export type ProviderService = ReturnType<typeof createProviderService>;

/** The providers as this project has set them up. */
export function createProviderService(parts: {
  registry: ProviderRegistry;
  settings: SettingsService;
  config: ResolvedConfig;
  environment: Readonly<Record<string, string | undefined>>;
  queue: () => MessageQueue;
  store: Store;
}) {
  const { registry, settings, config, environment, store } = parts;
  const reachability = createReachability();

  const label = (provider: Provider): string => config.providers[provider.name]?.label ?? provider.label;

  const labelOf = (name: string): string => {
    const provider = registry.get(name);
    return provider ? label(provider) : name;
  };

  const resolve = async (provider: Provider, timeoutMs: number): Promise<ResolvedConnection> => {
    const stored = (await settings.read()).providers[provider.name];
    return resolveConnection(
      { ...provider, label: label(provider) },
      {
        environment,
        configuration: config.providers[provider.name] ?? null,
        stored: { apiKey: settings.decryptKey(stored), baseUrl: stored?.baseUrl ?? null },
        timeoutMs,
      }
    );
  };

  const limits = async (
    name: string
  ): Promise<Pick<ProviderView, 'maxParallel' | 'requestsPerMinute' | 'tokensPerMinute'>> => {
    const stored = (await settings.read()).providers[name];
    const configured = config.providers[name];
    return {
      maxParallel: stored?.maxParallel ?? configured?.maxParallel ?? DEFAULT_MAX_PARALLEL,
      requestsPerMinute: stored?.requestsPerMinute ?? configured?.requestsPerMinute ?? null,
      tokensPerMinute: stored?.tokensPerMinute ?? configured?.tokensPerMinute ?? null,
    };
  };

  const find = (name: string): Provider => {
    const provider = registry.get(name);
    if (provider) return provider;
    throw new MissingError(unknownName('no_provider', { provider: name }, nearest(name, registry.names())));
  };

  /** @throws WorkError where the provider is gone or has no key or address */
  const connect = async (
    name: string,
    timeoutMs: number
  ): Promise<{ provider: Provider; connection: ProviderConnection; label: string }> => {
    const provider = registry.get(name);
    if (!provider) throw new WorkError('provider_unknown', { provider: name }, { trouble: 'credentials' });
    const { connection, problem } = await resolve(provider, timeoutMs);
    if (!connection)
      throw new WorkError(problem?.code ?? 'key_missing', problem?.params ?? {}, { trouble: 'credentials' });
    const shown = label(provider);
    return { provider, connection: { ...connection, label: shown }, label: shown };
  };

  /** A call's failure in the plugin's words: adapters throw the signal's reason where the time was over. */
  const failureOf = (
    name: string,
    error: unknown,
    signal: AbortSignal,
    timeoutMs: number
  ): WorkError | null => {
    if (isWorkError(error)) return error;
    if (!signal.aborted) return null;
    return new WorkError(
      'provider_timeout',
      { provider: labelOf(name), seconds: timeoutMs / 1_000 },
      { trouble: 'outage' }
    );
  };

  const defaultModel = async (name: string): Promise<string | null> =>
    (await settings.read()).providers[name]?.defaultModel ?? config.providers[name]?.defaultModel ?? null;

  return {
    connect,
    limits,
    labelOf,
    names: (): { name: string; label: string }[] =>
      registry.list().map((provider) => ({ name: provider.name, label: label(provider) })),

    async list(): Promise<ProviderView[]> {
      return Promise.all(
        registry.list().map(async (provider) => {
          const found = await resolve(provider, TEST_TIMEOUT_MS);
          const blockedUntil = await parts
            .queue()
            .limits.blockedUntil(provider.name)
            .catch(() => null);
          return {
            name: provider.name,
            label: label(provider),
            ready: found.connection !== null,
            answers:
              found.connection && found.keySource === 'none'
                ? await reachability.answersAt(found.connection.baseUrl)
                : null,
            reason: found.problem ? withMessage(found.problem) : null,
            needsKey: provider.needsKey,
            keySource: found.keySource,
            keyLastFour: found.keyLastFour,
            baseUrl: found.baseUrl,
            baseUrlSource: found.baseUrlSource,
            defaultModel: await defaultModel(provider.name),
            structuredOutput: provider.structuredOutput,
            ...(await limits(provider.name)),
            blockedUntil: blockedUntil ? new Date(blockedUntil).toISOString() : null,
          };
        })
      );
    },

    /** One small call, to see whether key, address and model work; it is paid for, so it is recorded. */
    async test(name: string, model: string | null, personId: number): Promise<TestProviderResponse['data']> {
      find(name);
      reachability.forget();
      const started = Date.now();
      const signal = AbortSignal.timeout(TEST_TIMEOUT_MS);
      const record = (
        called: string,
        durationMs: number,
        reply: GenerateReply | null,
        outcome: NewUsage['outcome'],
        reason: NewUsage['reason'] = null,
        requestId: string | null = reply?.requestId ?? null
      ): Promise<void> =>
        store.replies.record([
          {
            usage: {
              jobKey: null,
              itemId: null,
              personId,
              purpose: 'test',
              provider: name,
              model: called,
              modelAnswered: reply?.model ?? null,
              inputTokens: reply?.usage.inputTokens ?? 0,
              cachedTokens: reply?.usage.cachedTokens ?? 0,
              outputTokens: reply?.usage.outputTokens ?? 0,
              reasoningTokens: reply?.usage.reasoningTokens ?? 0,
              costUsd: reply?.costUsd ?? null,
              durationMs,
              outcome,
              reason,
              requestId,
            },
            reply: null,
          },
        ]);
      let calledAt: number | null = null;
      let asked: string | null = model;
      try {
        const { provider, connection } = await connect(name, TEST_TIMEOUT_MS);
        asked ??=
          (await defaultModel(name)) ?? (await provider.listModels(connection, signal))[0]?.id ?? null;
        if (!asked) throw new WorkError('model_not_found', { provider: label(provider), model: '' });
        const called = asked;
        calledAt = Date.now();
        const refused: RefusedCall[] = [];
        const noteRefusals = async (): Promise<void> => {
          for (const { durationMs, requestId } of refused)
            await record(called, durationMs, null, FORM_REFUSED, null, requestId);
        };
        const reply = await provider
          .generate(
            connection,
            {
              model: asked,
              messages: [{ role: 'user', content: 'Answer with the one word: ready' }],
              answer: null,
              maxTokens: 200,
            },
            signal,
            (call) => {
              refused.push(call);
              calledAt = Date.now();
            }
          )
          .finally(noteRefusals);
        await record(called, Date.now() - calledAt, reply, 'ok');
        return {
          ok: true,
          latencyMs: Date.now() - started,
          model: reply.model,
          answer: reply.text.slice(0, 500),
          error: null,
        };
      } catch (error) {
        const failure = failureOf(name, error, signal, TEST_TIMEOUT_MS);
        if (!failure) throw error;
        const { reason } = failure;
        if (asked && calledAt !== null) await record(asked, Date.now() - calledAt, null, reason.code, reason);
        return {
          ok: false,
          latencyMs: Date.now() - started,
          model: asked,
          answer: null,
          error: withMessage(reason),
        };
      }
    },

    /** @throws MissingError, WorkError */
    async models(name: string): Promise<{ id: string; label: string }[]> {
      find(name);
      const { provider, connection } = await connect(name, LIST_TIMEOUT_MS);
      const signal = AbortSignal.timeout(LIST_TIMEOUT_MS);
      try {
        return await provider.listModels(connection, signal);
      } catch (error) {
        throw failureOf(name, error, signal, LIST_TIMEOUT_MS) ?? error;
      }
    },
  };
}
