import { decodeHTMLStrict } from 'entities';
import sanitizeHtml from 'sanitize-html';
import { CONTENTLESS_ELEMENTS, holdsHtml, protectText } from './html-elements';

const LINK_SCHEMES = ['http', 'https', 'mailto', 'tel'];

const BASE: sanitizeHtml.IOptions = {
  nonTextTags: CONTENTLESS_ELEMENTS,
  allowedSchemes: LINK_SCHEMES,
  allowedSchemesByTag: { img: ['http', 'https'] },
  disallowedTagsMode: 'discard',
  nestingLimit: 50,
  exclusiveFilter: (frame) => frame.tag === 'img' && !frame.attribs.src,
};

const SIMPLE_TAGS = ['p', 'br', 'strong', 'b', 'em', 'i', 'u', 's', 'a', 'ul', 'ol', 'li'];
const RICH_TAGS = [
  ...SIMPLE_TAGS,
  ...'h1 h2 h3 h4 h5 h6 blockquote pre code hr sub sup del ins mark small span div figure figcaption img table caption thead tbody tfoot tr th td dl dt dd abbr cite q kbd details summary'.split(
    ' '
  ),
];

const NO_TAGS: sanitizeHtml.IOptions = { ...BASE, allowedTags: [], allowedAttributes: {} };
const SIMPLE: sanitizeHtml.IOptions = {
  ...BASE,
  allowedTags: SIMPLE_TAGS,
  allowedAttributes: { a: ['href', 'title'] },
};
const RICH: sanitizeHtml.IOptions = {
  ...BASE,
  allowedTags: RICH_TAGS,
  allowedAttributes: {
    a: ['href', 'title', 'target', 'rel'],
    img: ['src', 'alt', 'title', 'width', 'height'],
    th: ['colspan', 'rowspan', 'align', 'scope'],
    td: ['colspan', 'rowspan', 'align'],
    ol: ['start'],
    code: ['class'],
    abbr: ['title'],
  },
  allowedClasses: { code: ['language-*'] },
};

/** Undoes the escaping that the sanitiser's serialiser does to text. */
const unescapeText = (text: string): string =>
  text.replace(
    /&(lt|gt|quot|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? ''
  );

/** What is cut out can leave a new element behind (`<scr<script></script>ipt>`), so it is done until nothing changes. */
const MOST_ROUNDS = 5;

function untilStable(text: string, step: (text: string) => string, last: (text: string) => string): string {
  let current = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = step(current);
    if (next === current) return next;
    current = next;
  }
  return last(current);
}

/** Takes every `<` that could begin an element out of a text. */
const withoutTagStarts = (text: string): string => text.replace(/<(?=[a-z/!?])/gi, '');

/** Decodes entities, also those that were encoded twice. */
function decoded(text: string): string {
  let current = text;
  for (let round = 0; round < 3 && current.includes('&'); round += 1) current = decodeHTMLStrict(current);
  return current;
}

/** Line ends where HTML has them, so that words of two paragraphs do not run together. */
function withLineEnds(html: string): string {
  if (!html.includes('<')) return html;
  return html
    .replace(/<br\s*\/?>\n?/gi, '\n')
    .replace(/<li(?=[\s>])[^<>]*>/gi, '\n- ')
    .replace(/<\/(?:p|div|h[1-6]|ul|ol|blockquote|table|section|article)\s*>/gi, '\n\n')
    .replace(/<\/tr\s*>/gi, '\n');
}

/** Text without any markup: entities decoded, elements taken out, "a < b" left as it is. */
export function plainText(text: string): string {
  const strip = (current: string): string => {
    const withEnds = withLineEnds(current);
    return withEnds.includes('<') ? unescapeText(sanitizeHtml(protectText(withEnds), NO_TAGS)) : withEnds;
  };
  return untilStable(decoded(text), strip, withoutTagStarts);
}

/** HTML that was sent with its tags escaped (`&lt;p&gt;`), and nothing else, is taken for HTML. */
function unescapedHtml(text: string): string {
  return !text.includes('<') && /&lt;\/?(?:p|br|strong|b|em|i|u|a|ul|ol|li|h[1-6]|div)\b/i.test(text)
    ? decodeHTMLStrict(text)
    : text;
}

/** Signs that stay escaped in HTML; all other entities become the characters they stand for. */
const HTML_SIGNS = new Set(['<', '>', '&']);
const decodedForHtml = (text: string): string => decodedExcept(text, HTML_SIGNS);

/** Decodes each entity unless it stands for one of `kept`. */
export function decodedExcept(text: string, kept: ReadonlySet<string>): string {
  return text.replace(/&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,31});/gi, (entity) => {
    const sign = decodeHTMLStrict(entity);
    return kept.has(sign) ? entity : sign;
  });
}

/** Escapes what is text; an entity that is there already stays one. */
const escapedText = (text: string): string => protectText(text).replace(/&amp;(lt|gt|amp);/g, '&$1;');

function cleanHtml(text: string, options: sanitizeHtml.IOptions): string {
  return sanitizeHtml(escapedText(decodedForHtml(unescapedHtml(text))), options);
}

/** HTML with paragraphs, line breaks, emphasis, lists and links, and nothing else. */
export function simpleHtml(text: string): string {
  return cleanHtml(text, SIMPLE);
}

/** HTML as an HTML editor holds it: headings, tables, images and the like, but nothing that runs. */
export function richHtml(text: string): string {
  return cleanHtml(text, RICH);
}

/** Paragraphs of a plain text as HTML. */
export function paragraphsAsHtml(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escapedText(paragraph).replace(/>/g, '&gt;').replace(/\n/g, '<br>')}</p>`)
    .join('');
}

/** Cleans the HTML inside a text that is not HTML itself (Markdown); what is text stays exactly as it is. */
export function cleanEmbeddedHtml(text: string, keep: 'rich' | 'none'): string {
  if (!text.includes('<')) return text;
  const options = { ...(keep === 'rich' ? RICH : NO_TAGS), textFilter: unescapeText };
  return untilStable(text, (current) => sanitizeHtml(protectText(current), options), withoutTagStarts);
}

/** Elements that have a sign in Markdown, and the sign. */
const MARKDOWN_FOR: [RegExp, string][] = [
  [/<br\s*\/?>\n?/gi, '\\\n'],
  [/<(?:strong|b)(?=[\s>])[^<>]*>|<\/(?:strong|b)>/gi, '**'],
  [/<(?:em|i)(?=[\s>])[^<>]*>|<\/(?:em|i)>/gi, '*'],
  [/<li(?=[\s>])[^<>]*>\s*/gi, '\n- '],
  [/<blockquote(?=[\s>])[^<>]*>\s*(?:<p>)?/gi, '\n\n> '],
  [/<\/(?:p|div|h[1-6]|ul|ol|blockquote|table|section|article)\s*>/gi, '\n\n'],
];

/** Links in HTML as links in Markdown. The address is looked for within one element, so that a text of nothing but beginnings costs no more than its length. */
const linksAsMarkdown = (html: string): string =>
  html.replace(/<a(?=\s)([^<>]*)>([^<]*)<\/a>/gi, (link, attributes: string, words: string) => {
    const address = /\shref="([^"\s]*)"/i.exec(attributes)?.[1];
    return address === undefined ? link : `[${words}](${address})`;
  });

/** The HTML of a model that was asked for Markdown, as Markdown: headings, emphasis, links, lists. Text with code is left. */
export function htmlAsMarkdown(text: string): string {
  if (!holdsHtml(text) || text.includes('`')) return text;
  const withHeadings = text.replace(
    /<h([1-6])(?=[\s>])[^<>]*>\s*/gi,
    (_, level: string) => `\n\n${'#'.repeat(Number(level))} `
  );
  return MARKDOWN_FOR.reduce(
    (current, [element, sign]) => current.replace(element, sign),
    linksAsMarkdown(withHeadings)
  ).replace(/^[ \t]+(?=[#>*-])/gm, '');
}
