import { z } from 'zod';
import type { Reason } from './reason';

/** Where a key or an address was found. */
export type SettingSource = 'environment' | 'configuration' | 'settings' | 'default' | 'none';

/** A provider as shown: of its key only the last four characters ever leave the server. */
export interface ProviderView {
  name: string;
  label: string;
  /** Whether work can be given to it now. */
  ready: boolean;
  /**
   * Whether anything answers at its address, for one that needs no key and so is ready without anybody's doing; null: not
   * asked. Half a minute old at most.
   */
  answers: boolean | null;
  /** Why it is not ready, if it is not. */
  reason: Reason | null;
  needsKey: boolean;
  keySource: SettingSource;
  /** Like `ab12`; null without a key. */
  keyLastFour: string | null;
  baseUrl: string | null;
  baseUrlSource: SettingSource;
  defaultModel: string | null;
  structuredOutput: 'json_schema' | 'json_object' | 'instruction';
  /** Parallel calls across all workers. */
  maxParallel: number;
  /** Null: no limit. */
  requestsPerMinute: number | null;
  /** Sent and received together; null: no limit. */
  tokensPerMinute: number | null;
  /** Every call waits until then (the provider said so, or it is down). */
  blockedUntil: string | null;
}
export interface ListProvidersResponse {
  data: ProviderView[];
  /** What a new job begins with, as administrators set it. */
  meta: { defaults: JobDefaults };
}

/** What a new job begins with. */
export interface JobDefaults {
  provider: string | null;
  temperature: number | null;
  maxTokens: number | null;
  mode: 'apply' | 'publish';
}

export const testProviderSchema = z.strictObject({ model: z.string().max(200).optional() });

export interface TestProviderResponse {
  data: { ok: boolean; latencyMs: number; model: string | null; answer: string | null; error: Reason | null };
}
export interface ListModelsResponse {
  data: { id: string; label: string }[];
}
