/** Elements whose content is not text for a reader: they go with everything inside. */
export const CONTENTLESS_ELEMENTS =
  'script style iframe object embed applet noscript noembed noframes template svg math textarea select option title xmp'.split(
    ' '
  );

const ELEMENTS = [
  ...CONTENTLESS_ELEMENTS,
  ...`html head body base link meta main nav header footer section article aside address div p h1 h2 h3 h4 h5 h6 hgroup hr br
  pre code blockquote ol ul menu li dl dt dd figure figcaption picture source img video audio track map area canvas param
  a em strong small cite dfn abbr ruby rt rp data time var samp kbd sub sup i b u s q mark bdi bdo span wbr ins del table
  caption colgroup col tbody thead tfoot tr td th form label input button datalist optgroup output progress meter fieldset
  legend details summary dialog slot font center big strike tt marquee blink frame frameset basefont bgsound layer isindex
  keygen listing plaintext image acronym dir nobr path circle rect line polygon polyline ellipse use defs symbol animate set
  foreignobject mtext mglyph`.split(/\s+/),
].filter((name) => name.length > 1);

/**
 * A `<` that a browser would take for the beginning of an element, a comment or the like. Everything else is a sign in
 * a text: "a < b", "Array<T>", "x <y". One-letter names need a `>` or an attribute, and unknown ones an `on…` handler.
 */
const TAG_START = new RegExp(
  `<(?:` +
    `/?(?:${ELEMENTS.join('|')})(?![\\w.:-]*[\\w:])|` +
    `/?(?:[abipqsu])(?=\\s*/?>|[\\s/]+[\\w:-]+\\s*=)|` +
    `/?[a-z]\\w*-[\\w-]*(?=[\\s/>])|` +
    `[a-z][^<>]*?[\\s/"']on[a-z]+\\s*=|` +
    `/[a-z][\\w-]*\\s*>|` +
    `!--|!doctype|!\\[cdata|\\?xml` +
    `)`,
  'gi'
);

/** The same question asked of a whole text. */
export function holdsHtml(text: string): boolean {
  return text.search(TAG_START) !== -1;
}

/** Elements that hold nothing, comments and the like: they do not nest. */
const WITHOUT_CONTENT = /^<(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|[!?])/i;

/** The attributes that follow the beginning of an element. */
const ATTRIBUTES = /(?:[\s/]+[\w:@.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=`]+))?)*/y;

/** More elements inside one another than any text has; parsers need quadratic time for them. */
const DEEPEST_NESTING = 500;

/**
 * Escapes every sign that does not belong to an element, so that a parser gives it back as text. Where elements are
 * nested beyond reason, they are taken out.
 */
export function protectText(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  const escaped = (part: string): string => part.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  for (const match of text.matchAll(TAG_START)) {
    if (match.index < from) continue;
    if (match[0].startsWith('</')) depth -= 1;
    else if (!WITHOUT_CONTENT.test(match[0])) depth += 1;
    if (depth > DEEPEST_NESTING) return escaped(text.replace(/<[^<>]*>?/g, ''));
    ATTRIBUTES.lastIndex = match.index + match[0].length;
    const end = ATTRIBUTES.test(text) ? ATTRIBUTES.lastIndex : match.index + match[0].length;
    parts.push(escaped(text.slice(from, match.index)), text.slice(match.index, end));
    from = end;
  }
  return parts.join('') + escaped(text.slice(from));
}
