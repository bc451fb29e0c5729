import { blocksToMarkdown, markdownToBlocks } from './blocks';
import type { FieldDefinition } from './fields';
import { paragraphsAsHtml, plainText, richHtml, simpleHtml } from './html';
import { holdsHtml } from './html-elements';
import { cleanMarkdown } from './markdown';
import {
  singleLine,
  tidyCharacters,
  tidyLines,
  withoutFence,
  withoutQuotes,
  withoutTitleMarks,
} from './tidy-text';
import { withDetail, type ReasonCode, type ReasonParams } from '../contracts/reason';
import { WorkError } from './work-error';

/** Deeper JSON than this is refused: writing it would exhaust the stack. */
const DEEPEST_JSON = 100;

const unusable = (field: FieldDefinition, detail: ReasonCode, params: ReasonParams = {}): WorkError =>
  new WorkError('answer_invalid', withDetail({ ...params, field: field.path }, detail));

/** The words of an answer, whatever a model wrapped them in. */
function wordsOf(raw: unknown, field: FieldDefinition): string {
  if (raw === null || raw === undefined) return '';
  if (typeof raw === 'string') return tidyCharacters(raw);
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  if (Array.isArray(raw) && raw.every((line) => typeof line === 'string'))
    return tidyCharacters(raw.join('\n\n'));
  if (field.kind === 'blocks' && Array.isArray(raw)) return tidyCharacters(blocksToMarkdown(raw));
  throw unusable(field, Array.isArray(raw) ? 'detail_value_list' : 'detail_value_object');
}

function shortText(words: string, isSingleLine: boolean, html: boolean): string {
  const bare = withoutFence(words);
  if (html) {
    const clean = simpleHtml(withoutQuotes(bare));
    return isSingleLine ? singleLine(clean) : tidyLines(clean);
  }
  const plain = plainText(bare);
  return isSingleLine
    ? withoutQuotes(withoutTitleMarks(withoutQuotes(singleLine(plain))))
    : withoutQuotes(tidyLines(plain));
}

function richText(words: string, htmlEditor: boolean): string {
  const bare = withoutFence(words).trim();
  if (!htmlEditor) return cleanMarkdown(bare, 'rich').trim();
  const clean = richHtml(bare).trim();
  return holdsHtml(clean) ? clean : paragraphsAsHtml(bare);
}

const comparable = (option: string): string =>
  option
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

function optionOf(words: string, field: FieldDefinition): string {
  const options = field.options ?? [];
  const wanted = withoutQuotes(withoutFence(words)).trim();
  if (wanted === '') return '';
  const found =
    options.find((option) => option === wanted) ??
    options.find((option) => comparable(option) === comparable(wanted.replace(/\.$/, '')));
  if (found === undefined)
    throw unusable(field, 'detail_value_no_option', {
      value: wanted.slice(0, 60),
      options: options.join(', '),
    });
  return found;
}

/** JSON with tidy texts in it. */
function tidyJson(value: unknown, field: FieldDefinition, depth = 0): unknown {
  if (depth > DEEPEST_JSON) throw unusable(field, 'detail_value_too_deep', { levels: DEEPEST_JSON });
  if (typeof value === 'string') return tidyCharacters(value);
  if (Array.isArray(value)) return value.map((item) => tidyJson(item, field, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [tidyCharacters(key), tidyJson(inner, field, depth + 1)])
  );
}

function jsonOf(raw: unknown, field: FieldDefinition): unknown {
  if (typeof raw !== 'string') return tidyJson(raw, field);
  const source = raw.replace(/^\s*```\w*\n|\n?```\s*$/g, '').trim();
  if (source === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw unusable(field, 'detail_value_not_json');
  }
  return tidyJson(value, field);
}

/**
 * What a field will hold of a model's answer: entities decoded, anything that could run taken out, fences and
 * quotation marks around the whole taken off.
 * - string, text: plain text, or with `html` paragraphs, emphasis, lists and links; a string is one line
 * - richtext: Markdown, or HTML where its editor keeps HTML
 * - blocks: Strapi's blocks, made from Markdown
 * - enumeration: the option, whatever the case it was written in
 * - json: the parsed value
 * Lengths are not checked here. An empty answer gives '', [] or null.
 * @throws WorkError `answer_invalid` where no value can be made of it
 */
export function toFieldValue(raw: unknown, field: FieldDefinition, options: { html: boolean }): unknown {
  switch (field.kind) {
    case 'json':
      return jsonOf(raw, field);
    case 'enumeration':
      return optionOf(wordsOf(raw, field), field);
    case 'richtext':
      return richText(wordsOf(raw, field), field.htmlEditor);
    case 'blocks':
      return markdownToBlocks(withoutFence(wordsOf(raw, field)));
    case 'string':
    case 'text':
      return shortText(wordsOf(raw, field), field.kind === 'string', options.html);
  }
}
