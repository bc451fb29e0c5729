import { readMaterial } from './material.mjs';

const LIMIT =
  /(?:at most|no more than|not more than|up to|under|maximum(?: of)?|max\.?|tối đa|không quá)\s+(\d{1,6})\s*(?:characters|chars|ký tự)/i;
const MINIMUM = /(?:at least|ít nhất)\s+(\d{1,6})\s*(?:characters|chars|ký tự)/i;
/** `Answer with the one word: ready`, as a test of the connection asks. */
const ONE_WORD = /\bone word: (\p{L}+)/u;
const DEFAULT_LENGTH = 280;
/** Of long texts: this many sentences are enough. */
const LONG_TEXT_SENTENCES = 6;

const numberIn = (pattern, ...texts) => {
  for (const text of texts) {
    const found = pattern.exec(text ?? '')?.[1];
    if (found) return Number(found);
  }
  return null;
};

/** Cuts at the end of a word, so that the whole is at most `limit` characters. */
function cut(text, limit) {
  if (text.length <= limit) return text;
  const short = text.slice(0, Math.max(0, limit - 1));
  const end = short.lastIndexOf(' ');
  return `${(end > limit / 2 ? short.slice(0, end) : short).replace(/[\s,;:.–-]+$/, '')}…`;
}

/** As many whole sentences as fit, at least the first one, cut if it must be. */
function fitSentences(sentences, limit) {
  let text = '';
  for (const sentence of sentences) {
    const longer = text === '' ? sentence : `${text} ${sentence}`;
    if (longer.length > limit) break;
    text = longer;
  }
  return text === '' ? cut(sentences[0] ?? '', limit) : text;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** `Why bread rises: Yeast, Gluten, Dough`, with as many terms as fit. */
function composeTitle({ subject, terms }, limit) {
  const fresh = terms.filter((term) => !subject.toLowerCase().includes(term)).slice(0, 3);
  let title = cut(subject, limit);
  for (const term of fresh) {
    const longer = title === subject ? `${title}: ${capital(term)}` : `${title}, ${capital(term)}`;
    if (longer.length > limit) break;
    title = longer;
  }
  return title;
}

function composeMarkdown({ subject, sentences, terms, isVietnamese }, limit) {
  const text = sentences.slice(0, LONG_TEXT_SENTENCES);
  const heading = isVietnamese ? 'Ý chính' : 'Key points';
  const points = terms.slice(0, 3).map((term) => `- ${capital(term)}`);
  const whole = [
    text.slice(0, 3).join(' ') || subject,
    `## ${heading}`,
    points.join('\n'),
    text.slice(3).join(' '),
  ];
  const markdown = whole.filter((part) => part !== '').join('\n\n');
  return markdown.length <= limit ? markdown : fitSentences(text.length > 0 ? text : [subject], limit);
}

/** The option that the text names; else one chosen by how long its sentences are. */
function chooseOption(options, { subject, sentences }) {
  const text = [subject, ...sentences].join(' ').toLowerCase();
  const named = options.find((option) => text.includes(String(option).toLowerCase()));
  if (named !== undefined) return named;
  const averageWords = sentences.join(' ').split(' ').length / Math.max(1, sentences.length);
  return options[Math.min(options.length - 1, Math.floor((Math.max(10, averageWords) - 10) / 8))];
}

function composeText(key, description, material, limits) {
  const about = `${key} ${description}`;
  const limit = limits.most ?? DEFAULT_LENGTH;
  if (/JSON value/.test(description)) {
    return JSON.stringify({ subject: material.subject, keyTerms: material.terms.slice(0, 5) });
  }
  if (/keyword|từ khóa/i.test(about))
    return cut(material.terms.slice(0, 8).join(', ') || material.subject, limit);
  if (/title|heading|name\b|tiêu đề/i.test(key)) return composeTitle(material, Math.min(limit, 200));
  if (/\bHTML: headings/.test(description)) return `<p>${fitSentences(material.sentences, limit - 7)}</p>`;
  if (/Markdown/.test(description)) return composeMarkdown(material, limits.most ?? Infinity);
  const contents =
    material.outline.length > 0 ? [`${material.subject}: ${material.outline.join('; ')}.`] : [];
  const found = [...contents, ...material.sentences];
  const sentences = found.length > 0 ? found : [`${material.subject}.`];
  const text = fitSentences(sentences, limit);
  if (limits.least === null || text.length >= limits.least) return text;
  return cut(
    [...sentences, ...sentences].join(' ').padEnd(limits.least, ' …'),
    Math.max(limit, limits.least)
  );
}

function composeValue(key, schema, material, prompt) {
  if (Array.isArray(schema.enum)) return chooseOption(schema.enum, material);
  if (schema.type === 'object') return composeObject(schema, material, prompt);
  if (schema.type === 'array') return material.terms.slice(0, 5);
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return material.sentences.length;
  const description = schema.description ?? '';
  const alone = material.fields === 1 ? prompt : '';
  const asked = [numberIn(LIMIT, description, alone), schema.maxLength].filter(
    (limit) => typeof limit === 'number'
  );
  const most = asked.length > 0 ? Math.min(...asked) : null;
  return composeText(key, description, material, { most, least: numberIn(MINIMUM, description) });
}

function composeObject(schema, material, prompt) {
  const properties = Object.entries(schema.properties ?? {});
  const counted = { ...material, fields: properties.length };
  return Object.fromEntries(
    properties.map(([key, value]) => [key, composeValue(key, value, counted, prompt)])
  );
}

/** The JSON schema told in words, for requests without one of their own. */
function schemaInWords(messages) {
  for (const { content } of messages) {
    const start = content.indexOf('JSON schema:');
    if (start < 0) continue;
    const from = content.indexOf('{', start);
    const to = content.lastIndexOf('}');
    try {
      return JSON.parse(content.slice(from, to + 1));
    } catch {
      continue;
    }
  }
  return null;
}

const textOf = (content) =>
  typeof content === 'string'
    ? content
    : (Array.isArray(content) ? content : []).map((part) => part?.text ?? '').join('\n');

/**
 * The answer to a chat completion request, put together from the text in its first user message. No AI: first sentences, key
 * terms, and the limits that were asked for.
 */
export function composeAnswer({ messages = [], response_format: format }) {
  const turns = messages.map((message) => ({ role: message.role, content: textOf(message.content) }));
  const prompt = turns.find(({ role }) => role === 'user')?.content ?? '';
  const material = readMaterial(prompt);
  const schema = format?.json_schema?.schema ?? schemaInWords(turns);
  if (schema) return JSON.stringify(composeObject(schema, material, prompt));
  const word = ONE_WORD.exec(prompt)?.[1];
  if (word && !format) return word;
  const text = composeText('text', '', material, { most: numberIn(LIMIT, prompt), least: null });
  return format?.type === 'json_object' ? JSON.stringify({ text }) : text;
}
