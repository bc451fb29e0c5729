/** Fences that models put around a whole answer. */
const WHOLE_FENCE = /^(`{3,}|~{3,})[ \t]*([\w+-]*)[ \t]*\n([\s\S]*?)\n?\1[ \t]*$/;
/** What a fence around a whole text may say that it holds; anything else is code that belongs to the text. */
const TEXT_LANGUAGES = new Set(['', 'text', 'txt', 'plain', 'plaintext', 'markdown', 'md', 'html']);

const QUOTES: Record<string, string> = {
  '"': '"',
  "'": "'",
  '“': '”',
  '‘': '’',
  '«': '»',
  '„': '“',
  '「': '」',
  '`': '`',
};

/** Half of a pair of UTF-16 units: no character, and PostgreSQL refuses it. */
const LONE_SURROGATES = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
// eslint-disable-next-line no-control-regex -- these are what is taken out: PostgreSQL refuses some of them
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFEFF]/g;

/** Line ends as `\n`, no control characters, letters with their marks composed (Vietnamese counts as people count). */
export function tidyCharacters(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL_CHARACTERS, '')
    .replace(LONE_SURROGATES, '\uFFFD')
    .normalize('NFC');
}

/** Takes off a fence that goes around the whole of a text. */
export function withoutFence(text: string): string {
  const trimmed = text.trim();
  const match = WHOLE_FENCE.exec(trimmed);
  if (!match) return text;
  const [, fence = '', language = '', inner = ''] = match;
  const outerIsWhole =
    /^(?:markdown|md)$/i.test(language) ||
    !inner.split('\n').some((line) => line.trimStart().startsWith(fence));
  return TEXT_LANGUAGES.has(language.toLowerCase()) && outerIsWhole ? inner : text;
}

/** Takes off quotation marks that go around the whole of a text; `"A" and "B"` keeps its own. */
export function withoutQuotes(text: string): string {
  const trimmed = text.trim();
  const close = QUOTES[trimmed.charAt(0)];
  if (trimmed.length < 2 || close === undefined || !trimmed.endsWith(close)) return text;
  const inner = trimmed.slice(1, -1);
  return inner.includes(close) || inner.includes(trimmed.charAt(0)) ? text : inner.trim();
}

/** Takes off the Markdown that models put around a title: `**Title**`, `# Title`. */
export function withoutTitleMarks(text: string): string {
  const line = text.trim().replace(/^#{1,6}[ \t]+(?=\S)/, '');
  const match = /^(\*\*|__)(?=\S)([^\n]*\S)\1$/.exec(line);
  return match?.[2] !== undefined && !match[2].includes(match[1] ?? '') ? match[2] : line;
}

/** One line, each run of white space a single space. */
export function singleLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Lines without white space at their ends, at most one empty line in a row. */
export function tidyLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/\u00A0/g, ' ').trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
