import { z } from 'zod';
import type { ReasonCode, ReasonParams } from '../contracts/reason';
import type { FieldDefinition } from './fields';

/** A field to be written, and what the person asks of it. */
export interface AskedOutput {
  field: FieldDefinition;
  instructions?: string | undefined;
  /** In characters; above what the attribute allows, the attribute's limit holds. */
  maxLength?: number | undefined;
}

/** An output with the name it has in the answer and the limit that holds. */
export interface AnswerField {
  /** The path with `__` for the dot: property names of strict schemas may not hold one. */
  key: string;
  field: FieldDefinition;
  maxLength: number | null;
}

/** Why an answer cannot be used, and what to tell the model. */
export interface AnswerFault {
  ok: false;
  reason: {
    code: Extract<ReasonCode, 'answer_empty' | 'answer_not_json' | 'answer_too_long' | 'answer_invalid'>;
    params: ReasonParams;
  };
  /** The next turn of the conversation: what was wrong and what to send. */
  repair: string;
}
export type ReadAnswer = { ok: true; values: Record<string, unknown> } | AnswerFault;

/** What is asked of a model for some fields; with it, its answer is read. Plain data. */
export interface AnswerShape {
  fields: AnswerField[];
  /** For structured output; fits OpenAI's strict mode: every property required, no others. */
  jsonSchema: Record<string, unknown>;
  /** For providers without it: what to add to the prompt. Holds the word JSON, which `json_object` demands. */
  instruction: string;
  /** Whether string and text fields may hold simple HTML. */
  html: boolean;
}

const KIND_WORDS: Record<FieldDefinition['kind'], string> = {
  string: 'Plain text on a single line, no markup.',
  text: 'Plain text, no markup.',
  richtext: 'Markdown.',
  blocks:
    'Markdown: headings, paragraphs, lists, quotes, code, emphasis and links; no tables, images or HTML.',
  enumeration: 'One of the given options, exactly as written.',
  // Strict mode knows no object of unknown shape, so the value travels as a text.
  json: 'A JSON value, encoded as a string.',
};

function kindWords(field: FieldDefinition, html: boolean): string {
  if (field.htmlEditor) return 'HTML: headings, paragraphs, lists, links, emphasis.';
  if (html && field.kind === 'string')
    return 'Text on a single line; simple HTML is allowed (strong, em, a).';
  if (html && field.kind === 'text') return 'Simple HTML: p, br, strong, em, ul, ol, li, a.';
  return KIND_WORDS[field.kind];
}

/** All limits stand in the description: strict mode refuses or ignores `maxLength` and `pattern` in the schema. */
function describe(
  { field, maxLength }: AnswerField,
  instructions: string | undefined,
  html: boolean
): string {
  const minLength = field.minLength !== null && field.minLength > 1 ? field.minLength : null;
  return [
    `${field.label}.`,
    kindWords(field, html),
    maxLength === null ? '' : `At most ${maxLength} characters, spaces included.`,
    minLength === null ? '' : `At least ${minLength} characters.`,
    field.regex === null ? '' : `Must match the regular expression ${field.regex}`,
    instructions?.trim() ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function keysFor(outputs: AskedOutput[]): string[] {
  const keys: string[] = [];
  for (const { field } of outputs) {
    let key = field.path.replace(/\./g, '__').replace(/[^\w-]/g, '_');
    while (keys.includes(key)) key += '_';
    keys.push(key);
  }
  return keys;
}

const shorter = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

/** A schema's options must not be empty, and `z.enum` wants at least one. */
function typeOf(field: FieldDefinition): z.ZodType {
  return field.kind === 'enumeration' && field.options && field.options.length > 0
    ? z.enum(field.options)
    : z.string();
}

/**
 * Derives from Strapi's own definitions what a model is asked to answer.
 * @param outputs at least one, each field once
 * @param options.html whether string and text fields may hold simple HTML
 */
export function answerShape(outputs: AskedOutput[], options: { html?: boolean } = {}): AnswerShape {
  const html = options.html ?? false;
  const keys = keysFor(outputs);
  const fields = outputs.map(({ field, maxLength }, position): AnswerField => ({
    key: keys[position] ?? field.path,
    field,
    maxLength: shorter(field.maxLength, maxLength ?? null),
  }));
  const properties = fields.map((answerField, position) => [
    answerField.key,
    typeOf(answerField.field).describe(describe(answerField, outputs[position]?.instructions, html)),
  ]);
  const { $schema: _version, ...jsonSchema } = z.toJSONSchema(z.strictObject(Object.fromEntries(properties)));
  const instruction = [
    'Answer with one JSON object and nothing else: no explanation, no code fence. It must match this JSON schema:',
    JSON.stringify(jsonSchema, null, 2),
  ].join('\n');
  return { fields, jsonSchema, instruction, html };
}
