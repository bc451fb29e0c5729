import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import type { Nodes, Root } from 'mdast';
import { gfm } from 'micromark-extension-gfm';
import { cleanEmbeddedHtml, decodedExcept } from './html';

/** Longer texts are not parsed: a parser needs seconds for them. In characters. */
export const LONGEST_MARKDOWN = 200_000;
/** Texts are parsed in pieces of about this many characters, because a parser's worst case is quadratic. */
const PIECE = 10_000;
/** Quotes and lists inside one another, per line. */
const DEEPEST_MARKERS = 12;
/** Deeper trees than this are no text: walking them would exhaust the stack. */
const DEEPEST_TREE = 200;

function isDeep(root: Root): boolean {
  let level: Nodes[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST_TREE) return true;
    level = level.flatMap((node): Nodes[] => ('children' in node ? node.children : []));
  }
  return false;
}

/** Parses GitHub's Markdown; null: the piece is too much for the parser, or for whoever walks the tree. */
function treeOf(piece: string): Root | null {
  try {
    const root = fromMarkdown(piece, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    return isDeep(root) ? null : root;
  } catch {
    return null;
  }
}

/** Parses GitHub's Markdown; a piece that is too much for the parser comes back as one paragraph. */
export function parseMarkdown(piece: string): Root {
  return (
    treeOf(piece) ?? {
      type: 'root',
      children: [{ type: 'paragraph', children: [{ type: 'text', value: piece }] }],
    }
  );
}

/** Schemes a link may have, besides paths of the site itself; what Strapi's validator of blocks takes. */
const LINK_SCHEMES = new Set(['http:', 'https:', 'ftp:', 'mailto:', 'tel:']);

/** Whether an address in a text leads somewhere harmless. `relative`: also `page.html`, `#part` and `?query`. */
export function isSafeLink(address: string, relative: boolean): boolean {
  const url = [...address].filter((sign) => sign > ' ').join('');
  if (url.startsWith('/') || (relative && /^[#?.]/.test(url))) return true;
  try {
    return LINK_SCHEMES.has(new URL(url).protocol);
  } catch {
    return relative && !/^[^/?#]*:/.test(url);
  }
}

/** The words of a node, without any marks. */
export function textOf(node: Nodes): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value;
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? '';
  if (node.type === 'break') return '\n';
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/**
 * Cuts a text into pieces for the parser, between paragraphs where it can be, so that the pieces joined are the text
 * again.
 */
export function piecesOf(markdown: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let fence: string | null = null;
  for (const line of markdown.split(/(?<=\n)/)) {
    const fits = piece.length + line.length <= PIECE;
    const atParagraph = fence === null && piece.endsWith('\n\n') && /^[^\s\-*+\d>|]/.test(line);
    if (piece !== '' && ((!fits && atParagraph) || piece.length > PIECE * 3)) {
      pieces.push(piece);
      piece = '';
    }
    const marker: string | undefined = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (marker !== undefined && fence === null) fence = marker;
    else if (marker !== undefined && fence !== null && marker.startsWith(fence)) fence = null;
    piece += line;
    for (; piece.length > PIECE * 4; piece = piece.slice(PIECE)) pieces.push(piece.slice(0, PIECE));
  }
  return piece === '' ? pieces : [...pieces, piece];
}

/** Takes out quote and list marks beyond a depth that no text has; parsers go one call deeper with each. */
export const withoutDeepMarkers = (markdown: string): string =>
  markdown
    .split('\n')
    .map((line) => {
      const markers = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*/.exec(line)?.[0] ?? '';
      const count = markers.match(/[>*+-]|\d+/g)?.length ?? 0;
      return count > DEEPEST_MARKERS && !/^[ \t]*([-*])(?:[ \t]*\1)+[ \t]*$/.test(line)
        ? line.slice(markers.length)
        : line;
    })
    .join('\n');

/** Stands for a piece of code while the rest is cleaned; both signs are of the private use area. */
const OPEN = '\uE000';
const CLOSE = '\uE001';

/** Entities for these stay as they are: decoded, they would be marks of Markdown or HTML. */
const MARKDOWN_SIGNS = new Set([...'<>&*_`[]()#~|\\!']);

interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** Where a piece holds code, and links that lead to harm. */
function replacementsIn(root: Root, piece: string, keepCode: (source: string) => string): Replacement[] {
  const found: Replacement[] = [];
  const visit = (node: Nodes): void => {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? 0;
    const replace = (text: string): void => void found.push({ start, end, text });
    if (node.type === 'code' || node.type === 'inlineCode') return replace(keepCode(piece.slice(start, end)));
    if ((node.type === 'link' || node.type === 'image') && !isSafeLink(node.url, true))
      return replace(textOf(node));
    if (node.type === 'definition' && !isSafeLink(node.url, true)) return replace('');
    if ('children' in node) node.children.forEach(visit);
  };
  visit(root);
  return found;
}

/** Of a text that is not parsed nobody knows what is a link: so nothing is. */
const withoutLinks = (text: string, keep: 'rich' | 'none'): string =>
  cleanEmbeddedHtml(text.replace(/[[\]]/g, ''), keep);

function cleanPiece(piece: string, keep: 'rich' | 'none'): string {
  const root = treeOf(piece);
  if (!root) return withoutLinks(piece, keep);
  const codes: string[] = [];
  const keepCode = (source: string): string => `${OPEN}${codes.push(source) - 1}${CLOSE}`;
  let text = '';
  let from = 0;
  for (const { start, end, text: instead } of replacementsIn(root, piece, keepCode)) {
    text += piece.slice(from, start) + instead;
    from = end;
  }
  text += piece.slice(from);
  return (
    cleanEmbeddedHtml(decodedExcept(text, MARKDOWN_SIGNS), keep)
      // Code inside an element's attributes is none.
      .replace(new RegExp(`<[^<>]*${OPEN}[^<>]*>`, 'g'), '')
      .replace(new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g'), (_, number: string) => codes[Number(number)] ?? '')
  );
}

/**
 * Markdown without anything that could do harm where a site shows it: scripts, frames, handlers and the like are taken
 * out, links with a dangerous scheme become their text, entities are decoded. Code stays as it is.
 * @param keep `rich`: harmless HTML stays; `none`: its text only
 */
export function cleanMarkdown(markdown: string, keep: 'rich' | 'none'): string {
  const text = markdown.replace(/[\uE000\uE001]/g, '');
  if (text.length > LONGEST_MARKDOWN) return withoutLinks(text, keep);
  if (!/[<&[]/.test(text)) return text;
  return piecesOf(withoutDeepMarkers(text))
    .map((piece) => cleanPiece(piece, keep))
    .join('');
}
