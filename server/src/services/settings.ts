import type { Core } from '@strapi/strapi';
import type { JobDefaults } from '../contracts/provider';
import type { UpdateSettingsBody } from '../contracts/settings';
import { InvalidInputError, problemAt } from '../domain/invalid-input';

/** What the Settings page stored of one provider; the key is encrypted. */
export interface StoredProvider {
  encryptedKey?: string | null;
  baseUrl?: string | null;
  defaultModel?: string | null;
  maxParallel?: number | null;
  requestsPerMinute?: number | null;
  tokensPerMinute?: number | null;
}

export interface StoredSettings {
  providers: Record<string, StoredProvider>;
  defaults: {
    provider?: string | null;
    temperature?: number | null;
    maxTokens?: number | null;
    mode?: 'apply' | 'publish' | null;
  };
  systemMessages: Record<string, string>;
  limits: {
    concurrency?: number | null;
    attempts?: number | null;
    timeoutSeconds?: number | null;
    backoffSeconds?: number[] | null;
  };
  retention: { deleteJobsAfterDays?: number | null };
}

const EMPTY: StoredSettings = { providers: {}, defaults: {}, systemMessages: {}, limits: {}, retention: {} };
/** How long what was read is believed: another process may have changed it. Milliseconds. */
const BELIEVED_MS = 2_000;

interface Encryption {
  encrypt(value: string): string | null;
  decrypt(value: string): string | null;
}

export type SettingsService = ReturnType<typeof createSettingsService>;

/** What administrators set on the Settings page. */
export function createSettingsService(strapi: Core.Strapi) {
  const store = strapi.store({ type: 'plugin', name: 'ai-jobs' });
  const encryption = (): Encryption => strapi.service('admin::encryption') as unknown as Encryption;
  let known: { until: number; settings: StoredSettings } = { until: 0, settings: EMPTY };
  let writing: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<StoredSettings> => {
    if (known.until > Date.now()) return known.settings;
    const stored = (await store.get({ key: 'settings' })) as Partial<StoredSettings> | null;
    known = { until: Date.now() + BELIEVED_MS, settings: { ...EMPTY, ...stored } };
    return known.settings;
  };

  const canStoreKeys = (): boolean => Boolean(strapi.config.get('admin.secrets.encryptionKey'));

  const apply = async (change: UpdateSettingsBody): Promise<void> => {
    known.until = 0;
    const current = await read();
    const providers = { ...current.providers };
    for (const [name, { apiKey, ...rest }] of Object.entries(change.providers ?? {})) {
      const provider: StoredProvider = { ...providers[name], ...rest };
      // A key was given for one address: whoever changes that must not get it sent elsewhere.
      const moved = rest.baseUrl !== undefined && rest.baseUrl !== (providers[name]?.baseUrl ?? null);
      if (apiKey === null || moved) provider.encryptedKey = null;
      if (typeof apiKey === 'string') {
        const encryptedKey = canStoreKeys() ? encryption().encrypt(apiKey) : null;
        if (!encryptedKey) {
          throw new InvalidInputError([problemAt(['providers', name, 'apiKey'], 'keys_cannot_be_stored')]);
        }
        provider.encryptedKey = encryptedKey;
      }
      providers[name] = provider;
    }
    const systemMessages = Object.fromEntries(
      Object.entries({ ...current.systemMessages, ...change.systemMessages }).filter(
        (entry): entry is [string, string] => entry[1] !== null && entry[1].trim() !== ''
      )
    );
    const settings: StoredSettings = {
      providers,
      defaults: { ...current.defaults, ...change.defaults },
      systemMessages,
      limits: { ...current.limits, ...change.limits },
      retention: { ...current.retention, ...change.retention },
    };
    await store.set({ key: 'settings', value: settings });
    known = { until: 0, settings };
  };

  return {
    read,
    canStoreKeys,
    /** What a new job begins with. */
    async defaults(): Promise<JobDefaults> {
      const { provider, temperature, maxTokens, mode } = (await read()).defaults;
      return {
        provider: provider ?? null,
        temperature: temperature ?? null,
        maxTokens: maxTokens ?? null,
        mode: mode ?? 'apply',
      };
    },

    /** What was last read, for places that cannot wait. */
    current: (): StoredSettings => known.settings,

    /** Changes what is given and leaves the rest; one change after the other. */
    async update(change: UpdateSettingsBody): Promise<void> {
      const next = writing.then(() => apply(change));
      writing = next.catch(() => undefined);
      await next;
    },

    /** The stored key of a provider; null where there is none or it can no longer be decrypted. */
    decryptKey(provider: StoredProvider | undefined): string | null {
      if (!provider?.encryptedKey) return null;
      try {
        return encryption().decrypt(provider.encryptedKey);
      } catch {
        return null;
      }
    },
  };
}
