import type { ProviderView, TestProviderResponse } from '../contracts/provider';
import { withMessage } from '../contracts/reason';
import type { ResolvedConfig } from '../config';
import { MissingError } from '../domain/invalid-input';
import { nearest } from '../domain/nearest';
import { isWorkError, WorkError } from '../domain/work-error';
import { resolveConnection, type ResolvedConnection } from '../providers/connection';
import type { Provider, ProviderConnection } from '../providers/provider';
import type { ProviderRegistry } from '../providers/registry';
import type { MessageQueue } from '../queue/message-queue';
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
}) {
  const { registry, settings, config, environment } = parts;

  const label = (provider: Provider): string => config.providers[provider.name]?.label ?? provider.label;

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

  const limits = async (name: string): Promise<{ maxParallel: number; requestsPerMinute: number | null }> => {
    const stored = (await settings.read()).providers[name];
    const configured = config.providers[name];
    return {
      maxParallel: stored?.maxParallel ?? configured?.maxParallel ?? DEFAULT_MAX_PARALLEL,
      requestsPerMinute: stored?.requestsPerMinute ?? configured?.requestsPerMinute ?? null,
    };
  };

  const find = (name: string): Provider => {
    const provider = registry.get(name);
    if (provider) return provider;
    const near = nearest(name, registry.names());
    throw new MissingError(`There is no provider “${name}”.${near ? ` Did you mean “${near}”?` : ''}`);
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
    return { provider, connection, label: label(provider) };
  };

  const defaultModel = async (name: string): Promise<string | null> =>
    (await settings.read()).providers[name]?.defaultModel ?? config.providers[name]?.defaultModel ?? null;

  return {
    connect,
    limits,
    labelOf: (name: string): string => {
      const provider = registry.get(name);
      return provider ? label(provider) : name;
    },
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

    /** One small call, to see whether key, address and model work. */
    async test(name: string, model: string | null): Promise<TestProviderResponse['data']> {
      find(name);
      const started = Date.now();
      let asked: string | null = model;
      try {
        const { provider, connection } = await connect(name, TEST_TIMEOUT_MS);
        const signal = AbortSignal.timeout(TEST_TIMEOUT_MS);
        asked ??=
          (await defaultModel(name)) ?? (await provider.listModels(connection, signal))[0]?.id ?? null;
        if (!asked) throw new WorkError('model_not_found', { provider: label(provider), model: '' });
        const reply = await provider.generate(
          connection,
          {
            model: asked,
            messages: [{ role: 'user', content: 'Answer with the one word: ready' }],
            answer: null,
            maxTokens: 200,
          },
          signal
        );
        return {
          ok: true,
          latencyMs: Date.now() - started,
          model: reply.model,
          answer: reply.text.slice(0, 500),
          error: null,
        };
      } catch (error) {
        const reason = isWorkError(error)
          ? error.reason
          : {
              code: 'provider_timeout' as const,
              params: { provider: name, seconds: TEST_TIMEOUT_MS / 1_000 },
              retryable: true,
            };
        return {
          ok: false,
          latencyMs: Date.now() - started,
          model: asked,
          answer: null,
          error: withMessage(reason),
        };
      }
    },

    async models(name: string): Promise<{ id: string; label: string }[]> {
      find(name);
      const { provider, connection } = await connect(name, LIST_TIMEOUT_MS);
      return provider.listModels(connection, AbortSignal.timeout(LIST_TIMEOUT_MS));
    },
  };
}
