import { z } from 'zod';
import type { ProblemCode } from './problem';

const plainObject = z.record(z.string(), z.unknown());

/** How a field already filled is treated. */
export const OVERWRITE_RULES = ['always', 'ifEmpty'] as const;

export const outputSchema = z.strictObject({
  /** An attribute's name, or `component.attribute` for a single component. */
  field: z.string().min(1).max(200),
  instructions: z.string().max(2_000).optional(),
  /** In characters; never above what the attribute itself allows. */
  maxLength: z.number().int().min(1).max(1_000_000).optional(),
  overwrite: z.enum(OVERWRITE_RULES).optional(),
});
export type Output = z.infer<typeof outputSchema>;

export const FILL_MODES = ['apply', 'publish'] as const;

/** Settings of the job type `fill-fields`, as sent. */
export const fillFieldsSettingsSchema = z.strictObject({
  provider: z.string().min(1).max(60),
  model: z.string().trim().min(1).max(200),
  /** The template itself; or `promptId`, a saved prompt. Exactly one of the two. */
  prompt: z.string().min(1).max(50_000).optional(),
  promptId: z.string().min(1).max(64).optional(),
  systemMessage: z.string().max(20_000).optional(),
  temperature: z.number().min(0).max(2).optional(),
  /** The longest answer, in tokens. */
  maxTokens: z.number().int().min(1).max(200_000).optional(),
  /** Whether string and text fields may hold simple HTML ("use_html_meta"); rich text follows its editor. */
  html: z.boolean().optional(),
  /** Passed through to the provider as further properties of the request. */
  extra: plainObject.optional(),
  /** Skip an entry where nothing the prompt reads has changed since its last run. */
  skipUnchanged: z.boolean().optional(),
  mode: z.enum(FILL_MODES).default('apply'),
  outputs: z
    .array(outputSchema)
    .min(1, 'no_field_chosen' satisfies ProblemCode)
    .max(50),
});
export type FillFieldsSettings = z.infer<typeof fillFieldsSettingsSchema>;
