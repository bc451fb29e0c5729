import type { SettingSource } from '../contracts/provider';
import { usableAddress } from '../contracts/provider-address';
import type { StoredReason } from '../contracts/reason';
import type { Provider, ProviderConnection } from './provider';

/** A key and an address as one place gives them; an empty string counts as not given. */
export interface ConnectionSetting {
  apiKey?: string | null;
  baseUrl?: string | null;
}

/**
 * Where to look, in this order: environment, plugin configuration, what the Settings page stored. An address stored on
 * the page goes only with a key stored there: whoever may edit the page must not lead the server's own key elsewhere.
 */
export interface ConnectionSources {
  /** Like `process.env`. */
  environment: Readonly<Record<string, string | undefined>>;
  configuration?: ConnectionSetting | null;
  /** With the key decrypted. */
  stored?: ConnectionSetting | null;
  /** Per call; milliseconds. */
  timeoutMs: number;
}

/** A provider's connection, and where its parts were found. `connection` is null exactly where there is a `problem`. */
export interface ResolvedConnection {
  connection: ProviderConnection | null;
  keySource: SettingSource;
  /** Null without a key, and for one so short that four characters would tell half of it. */
  keyLastFour: string | null;
  /** Null where there is none, or where it may not be shown because it is not usable. */
  baseUrl: string | null;
  baseUrlSource: SettingSource;
  problem: StoredReason | null;
}

interface Found {
  value: string;
  source: SettingSource;
}

/** Finds how a provider is reached. Pure: reads only what it is given, throws nothing. */
export function resolveConnection(
  provider: Pick<Provider, 'label' | 'needsKey' | 'defaultBaseUrl' | 'environment'>,
  sources: ConnectionSources
): ResolvedConnection {
  const { environment, configuration, stored, timeoutMs } = sources;
  const address = firstGiven([
    [environment[provider.environment.baseUrl], 'environment'],
    [configuration?.baseUrl, 'configuration'],
    [stored?.baseUrl, 'settings'],
    [provider.defaultBaseUrl, 'default'],
  ]);
  const key = firstGiven([
    ...(address?.source === 'settings'
      ? []
      : ([
          [environment[provider.environment.apiKey], 'environment'],
          [configuration?.apiKey, 'configuration'],
        ] satisfies [string | null | undefined, SettingSource][])),
    [stored?.apiKey, 'settings'],
  ]);
  const baseUrl = address && usableAddress(address.value);
  const problem = findProblem(provider, key, address, baseUrl);
  return {
    connection: baseUrl && !problem ? { apiKey: key?.value ?? null, baseUrl, timeoutMs } : null,
    keySource: key?.source ?? 'none',
    keyLastFour: key && key.value.length >= 8 ? key.value.slice(-4) : null,
    baseUrl,
    baseUrlSource: address?.source ?? 'none',
    problem,
  };
}

function firstGiven(places: [string | null | undefined, SettingSource][]): Found | null {
  for (const [given, source] of places) {
    const value = given?.trim();
    if (value) return { value, source };
  }
  return null;
}

function findProblem(
  provider: Pick<Provider, 'label' | 'needsKey' | 'environment'>,
  key: Found | null,
  address: Found | null,
  baseUrl: string | null
): StoredReason | null {
  if (!address) return { code: 'address_missing', params: { provider: provider.label }, retryable: true };
  if (baseUrl === null) {
    const places: Partial<Record<SettingSource, string>> = {
      environment: provider.environment.baseUrl,
      configuration: 'config/plugins',
    };
    const place = places[address.source] ?? 'Settings → AI Jobs → Providers';
    return { code: 'address_invalid', params: { provider: provider.label, place }, retryable: true };
  }
  if (provider.needsKey && !key) {
    return { code: 'key_missing', params: { provider: provider.label }, retryable: true };
  }
  return null;
}
