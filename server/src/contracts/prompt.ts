import { z } from 'zod';
import type { ReasonCode, ReasonParams } from './reason';
import { outputSchema, type Output } from './fill-fields';
import type { Pagination } from './paging';
import type { Person } from './person';

/** A saved prompt, as sent. */
export const savePromptSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  contentType: z.string().max(120),
  template: z.string().min(1).max(50_000),
  systemMessage: z.string().max(20_000).nullish(),
  outputs: z.array(outputSchema).max(50).default([]),
  provider: z.string().max(60).nullish(),
  model: z.string().max(200).nullish(),
  html: z.boolean().nullish(),
  /** The language it writes in, for the reader's choice; free text like "en". */
  language: z.string().max(35).nullish(),
});
export type SavePromptBody = z.infer<typeof savePromptSchema>;

export const listPromptsSchema = z.strictObject({
  contentType: z.string().max(120).optional(),
  search: z.string().max(200).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListPromptsQuery = z.infer<typeof listPromptsSchema>;

/** Asks what is wrong with a template, and what it gives for an entry. */
export const checkPromptSchema = z.strictObject({
  contentType: z.string().max(120),
  template: z.string().max(50_000),
  documentId: z.string().max(64).optional(),
  locale: z.string().max(35).optional(),
});
export type CheckPromptBody = z.infer<typeof checkPromptSchema>;

export interface PromptView {
  id: string;
  name: string;
  contentType: string;
  /** Null where the type is not in the project any more. */
  contentTypeLabel: string | null;
  template: string;
  systemMessage: string | null;
  outputs: Output[];
  provider: string | null;
  model: string | null;
  html: boolean | null;
  language: string | null;
  /** Raised with each change of what is sent to the model. */
  version: number;
  /** Jobs made with it. */
  usedBy: number;
  updatedAt: string;
  createdBy: Person | null;
}
export interface ListPromptsResponse {
  data: PromptView[];
  meta: { pagination: Pagination };
}
export interface PromptResponse {
  data: PromptView;
}

/** A fault in a template, and where. Line and column count from 1. */
export interface TemplateProblem {
  code: ReasonCode;
  params: ReasonParams;
  /** In English. */
  message: string;
  line: number | null;
  column: number | null;
  /** For an unknown placeholder: what was written, and the nearest that exists. */
  placeholder: string | null;
  nearest: string | null;
}
export interface CheckPromptResponse {
  data: { problems: TemplateProblem[]; rendered: string | null };
}
