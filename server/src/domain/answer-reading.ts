import { withDetail, type ReasonParams } from '../contracts/reason';
import type { AnswerFault, AnswerField, AnswerShape, ReadAnswer } from './answer-schema';
import { blocksToText } from './blocks';
import { toFieldValue } from './field-value';
import type { FieldDefinition } from './fields';
import { jsonInText } from './json-in-text';
import { isEmptyValue } from './same-value';
import { isWorkError } from './work-error';

type Reason = AnswerFault['reason'];

/** What is wrong with one field of an answer. */
interface Fault {
  reason: Reason;
  /** For the model: what is wrong, as a sentence. */
  words: string;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `metaTitle`, `meta_title` and `Meta title` are one name. */
const plainName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\d]/gu, '');

/** The value of a field in an answer, under its key, its path, as nested objects, or under the same name spelled differently. */
function valueIn(answer: Record<string, unknown>, { key, field }: AnswerField): unknown {
  for (const name of [key, field.path]) if (Object.hasOwn(answer, name)) return answer[name];
  const [outer = '', inner] = field.path.split('.');
  const component = inner !== undefined && Object.hasOwn(answer, outer) ? answer[outer] : undefined;
  if (isObject(component) && inner !== undefined && Object.hasOwn(component, inner)) return component[inner];
  const similar = Object.keys(answer).filter((name) => plainName(name) === plainName(key));
  return similar.length === 1 && similar[0] !== undefined ? answer[similar[0]] : undefined;
}

/** The object that holds the fields: the value itself, the only item of a list, or what one property wraps. */
function answerIn(value: unknown, fields: AnswerField[]): Record<string, unknown> | null {
  const candidates = Array.isArray(value) && value.length === 1 ? value : [value];
  for (const candidate of candidates.filter(isObject)) {
    const inner = Object.values(candidate);
    for (const answer of [candidate, ...(inner.length === 1 ? inner.filter(isObject) : [])]) {
      if (fields.some((field) => valueIn(answer, field) !== undefined)) return answer;
    }
  }
  return null;
}

const isText = ({ kind }: FieldDefinition): boolean => kind !== 'json';

/** The raw values per key; or null where the text is no answer, or `wrong` where it is JSON of another shape. */
function rawValues(text: string, fields: AnswerField[]): Record<string, unknown> | 'wrong' | null {
  const found = jsonInText(text);
  for (const { value } of found) {
    const answer = answerIn(value, fields);
    if (answer) return Object.fromEntries(fields.map((field) => [field.key, valueIn(answer, field)]));
  }
  const only = fields.length === 1 ? fields[0] : undefined;
  const whole = found.find((json) => json.whole);
  if (only && whole && typeof whole.value === 'string' && isText(only.field))
    return { [only.key]: whole.value };
  // The value of a JSON field may come as it is instead of wrapped in the object that was asked for.
  if (only?.field.kind === 'json' && whole && typeof whole.value === 'object')
    return { [only.key]: whole.value };
  if (whole && (isObject(whole.value) || Array.isArray(whole.value))) return 'wrong';
  if (only && isText(only.field) && !/^\s*(?:`{3}json|[{[]\s*["{\]}])/i.test(text))
    return { [only.key]: text };
  return null;
}

/** How long a value is, as its limit counts. */
function lengthOf(value: unknown, field: FieldDefinition): number {
  if (typeof value === 'string') return value.length;
  if (field.kind === 'blocks' && Array.isArray(value)) return blocksToText(value).length;
  return (JSON.stringify(value) ?? '').length;
}

/** What Strapi checks of a text when it is published, besides its greatest length; null: it fits. */
function textFault(value: string, { path, minLength, regex }: FieldDefinition): ReasonParams | null {
  if (minLength !== null && value.length < minLength)
    return withDetail({ field: path, minLength }, 'detail_value_too_short');
  const pattern = regex === null ? null : patternOf(regex);
  if (pattern === null || pattern.test(value)) return null;
  return withDetail({ field: path, pattern: pattern.source }, 'detail_value_pattern');
}

function patternOf(source: string): RegExp | null {
  try {
    return new RegExp(source);
  } catch {
    return null;
  }
}

function faultOf(value: unknown, { key, field, maxLength }: AnswerField): Fault | null {
  const label = field.path;
  if (field.kind === 'json' ? value === null || value === undefined : isEmptyValue(value)) {
    return { reason: { code: 'answer_empty', params: { field: label } }, words: `"${key}" is empty.` };
  }
  const length = lengthOf(value, field);
  if (maxLength !== null && length > maxLength) {
    return {
      reason: { code: 'answer_too_long', params: { field: label, length, maxLength } },
      words: `"${key}" has ${length} characters, but at most ${maxLength} are allowed; write it anew, shorter, instead of cutting it off.`,
    };
  }
  const params =
    typeof value === 'string' && field.kind !== 'enumeration' && field.kind !== 'json'
      ? textFault(value, field)
      : null;
  return params && invalid(params, key);
}

function invalid(params: ReasonParams, key: string): Fault {
  return { reason: { code: 'answer_invalid', params }, words: `"${key}": ${String(params.detail)}.` };
}

function readField(raw: unknown, answerField: AnswerField, html: boolean): { value: unknown } | Fault {
  const { key, field } = answerField;
  if (raw === undefined) {
    const params = withDetail({ field: field.path }, 'detail_value_missing');
    return { ...invalid(params, key), words: `"${key}" is missing.` };
  }
  try {
    const value = toFieldValue(raw, field, { html });
    return faultOf(value, answerField) ?? { value };
  } catch (error) {
    if (!isWorkError(error)) throw error;
    return invalid(error.reason.params, key);
  }
}

const again = (fields: AnswerField[], words: string): string =>
  `Your answer could not be used. ${words} Answer again with the complete JSON object and nothing else, with ${fields.length === 1 ? 'the property' : 'the properties'} ${fields.map(({ key }) => `"${key}"`).join(', ')}.`;

function unusable(reason: Reason, fields: AnswerField[], words: string): AnswerFault {
  return { ok: false, reason, repair: again(fields, words) };
}

/** What of a shape its reading needs; plain data. */
export type ReadableShape = Pick<AnswerShape, 'fields' | 'html'>;

/** The same for an answer whose reading takes too much time or memory. */
export function tooComplicated({ fields }: ReadableShape): AnswerFault {
  const field = fields.map((answerField) => answerField.field.path).join(', ');
  return unusable(
    { code: 'answer_invalid', params: withDetail({ field }, 'detail_value_too_complicated') },
    fields,
    'It was too complicated to be read: write it in plain words, with little markup.'
  );
}

/**
 * Reads a model's answer. Lenient in how it is wrapped: prose, fences, names spelled differently, and for a single
 * field of text the text alone. Strict in what it holds: every field there, not empty, within its limits; its values
 * are ready to be written.
 */
export function readAnswer(text: string, shape: ReadableShape): ReadAnswer {
  const { fields, html } = shape;
  if (text.replace(/^\uFEFF/, '').trim() === '')
    return unusable({ code: 'answer_empty', params: {} }, fields, 'It was empty.');
  const raw = rawValues(text, fields);
  if (raw === null)
    return unusable({ code: 'answer_not_json', params: {} }, fields, 'It was not a JSON object.');
  if (raw === 'wrong') {
    const field = fields.map((answerField) => answerField.field.path).join(', ');
    return unusable(
      { code: 'answer_invalid', params: withDetail({ field }, 'detail_value_missing') },
      fields,
      'It had other properties than those asked for.'
    );
  }
  const values: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const answerField of fields) {
    const read = readField(raw[answerField.key], answerField, html);
    if ('value' in read) values[answerField.field.path] = read.value;
    else faults.push(read);
  }
  const first = faults[0];
  return first
    ? unusable(first.reason, fields, faults.map(({ words }) => words).join(' '))
    : { ok: true, values };
}
