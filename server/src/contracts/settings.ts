import { z } from 'zod';
import type { ProblemCode } from './problem';
import type { JobDefaults, ProviderView } from './provider';
import { usableAddress } from './provider-address';

const httpUrl = z
  .string()
  .max(500)
  .refine((value) => usableAddress(value) !== null, 'address_malformed' satisfies ProblemCode);

/** One provider's settings as sent. A property left out stays as it is; null clears it. */
export const providerSettingsSchema = z.strictObject({
  /** Stored encrypted; never sent back. */
  apiKey: z.string().trim().min(1).max(1_000).nullish(),
  baseUrl: httpUrl.nullish(),
  defaultModel: z.string().trim().max(200).nullish(),
  maxParallel: z.number().int().min(1).max(1_000).nullish(),
  requestsPerMinute: z.number().int().min(1).max(1_000_000).nullish(),
  tokensPerMinute: z.number().int().min(1).max(1_000_000_000).nullish(),
});

export const updateSettingsSchema = z.strictObject({
  providers: z.record(z.string().max(60), providerSettingsSchema).optional(),
  defaults: z
    .strictObject({
      provider: z.string().max(60).nullish(),
      temperature: z.number().min(0).max(2).nullish(),
      maxTokens: z.number().int().min(1).max(200_000).nullish(),
      mode: z.enum(['apply', 'publish']).nullish(),
    })
    .optional(),
  /** System message per content type uid; null goes back to the built-in one. */
  systemMessages: z.record(z.string().max(120), z.string().max(20_000).nullable()).optional(),
  limits: z
    .strictObject({
      concurrency: z.number().int().min(1).max(500).nullish(),
      attempts: z.number().int().min(1).max(20).nullish(),
      timeoutSeconds: z.number().int().min(1).max(3_600).nullish(),
      /** Seconds before the second, third … attempt; the last one repeats. */
      backoffSeconds: z.array(z.number().int().min(0).max(86_400)).min(1).max(10).nullish(),
    })
    .optional(),
  retention: z.strictObject({ deleteJobsAfterDays: z.number().int().min(1).max(3_650).nullish() }).optional(),
});
export type UpdateSettingsBody = z.infer<typeof updateSettingsSchema>;

export interface SettingsView {
  providers: ProviderView[];
  defaults: JobDefaults;
  systemMessages: Record<string, string>;
  limits: { concurrency: number; attempts: number; timeoutSeconds: number; backoffSeconds: number[] };
  retention: { deleteJobsAfterDays: number | null };
  /** Whether keys can be stored from this page (Strapi has an encryption key). */
  canStoreKeys: boolean;
  /** Strapi's own AI translation is on: each write would start a translation into all other languages. */
  aiTranslationActive: boolean;
}
export interface SettingsResponse {
  data: SettingsView;
}
