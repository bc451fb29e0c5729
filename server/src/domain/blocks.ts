import type {
  BlockContent,
  DefinitionContent,
  List,
  ListItem,
  Nodes,
  PhrasingContent,
  RootContent,
} from 'mdast';
import { htmlAsMarkdown } from './html';
import {
  cleanMarkdown,
  isSafeLink,
  LONGEST_MARKDOWN,
  parseMarkdown,
  piecesOf,
  withoutDeepMarkers,
} from './markdown';

export { blocksToMarkdown } from './blocks-to-markdown';

type Mark = 'bold' | 'italic' | 'underline' | 'strikethrough' | 'code';
type Marks = Partial<Record<Mark, true>>;

/** Strapi's rich text as JSON; source: the validator of `@strapi/core`, `entity-validator/blocks-validator`. */
export type TextNode = { type: 'text'; text: string } & Marks;
export interface LinkNode {
  type: 'link';
  url: string;
  children: TextNode[];
}
export type InlineNode = TextNode | LinkNode;
export interface ListItemNode {
  type: 'list-item';
  children: InlineNode[];
}
export interface ListNode {
  type: 'list';
  format: 'ordered' | 'unordered';
  /** As Strapi's editor sets it on a list inside a list. */
  indentLevel?: number;
  /** A list inside a list follows the item it belongs to. */
  children: (ListItemNode | ListNode)[];
}
export type BlockNode =
  | { type: 'paragraph' | 'quote'; children: InlineNode[] }
  | { type: 'heading'; level: 1 | 2 | 3 | 4 | 5 | 6; children: InlineNode[] }
  | { type: 'code'; language?: string; children: TextNode[] }
  | ListNode;

const text = (value: string, marks: Marks = {}): TextNode => ({ type: 'text', text: value, ...marks });

/** Where links written with a reference lead. */
type Definitions = ReadonlyMap<string, string>;

function linkOr(url: string | undefined, children: InlineNode[]): InlineNode[] {
  if (url === undefined || !isSafeLink(url, false)) return children;
  const words = children.flatMap((child) => (child.type === 'link' ? child.children : [child]));
  return words.length === 0 ? [] : [{ type: 'link', url, children: words }];
}

function inlineOf(node: PhrasingContent, marks: Marks, definitions: Definitions): InlineNode[] {
  const children = (nodes: PhrasingContent[], more: Marks = {}): InlineNode[] =>
    nodes.flatMap((child) => inlineOf(child, { ...marks, ...more }, definitions));
  switch (node.type) {
    case 'text':
      // A single line end is a space in Markdown.
      return [text(node.value.replace(/\s*\n\s*/g, ' '), marks)];
    case 'inlineCode':
      return [text(node.value, { ...marks, code: true })];
    case 'strong':
      return children(node.children, { bold: true });
    case 'emphasis':
      return children(node.children, { italic: true });
    case 'delete':
      return children(node.children, { strikethrough: true });
    case 'break':
      return [text('\n', marks)];
    case 'link':
      return linkOr(node.url, children(node.children));
    case 'linkReference':
      return linkOr(definitions.get(node.identifier), children(node.children));
    case 'image':
      return linkOr(
        node.url,
        [text(node.alt ?? '', marks)].filter((words) => words.text !== '')
      );
    case 'imageReference':
      return node.alt ? [text(node.alt, marks)] : [];
    default:
      return [];
  }
}

const marksOf = ({ type: _type, text: _text, ...marks }: TextNode): string => JSON.stringify(marks);

/** Joins neighbours with the same marks; at least one text, because Strapi refuses a block without. */
function tidied(nodes: InlineNode[]): InlineNode[] {
  const tidy: InlineNode[] = [];
  for (const node of nodes) {
    const last = tidy.at(-1);
    if (node.type === 'text' && last?.type === 'text' && marksOf(last) === marksOf(node)) {
      tidy[tidy.length - 1] = { ...last, text: last.text + node.text };
    } else if (node.type === 'link' || node.text !== '') {
      tidy.push(node);
    }
  }
  return tidy.length > 0 ? tidy : [text('')];
}

const inlines = (nodes: PhrasingContent[], definitions: Definitions): InlineNode[] =>
  tidied(nodes.flatMap((node) => inlineOf(node, {}, definitions)));

const hasWords = (nodes: InlineNode[]): boolean =>
  nodes.some((node) => node.type === 'link' || node.text.trim() !== '');

function listOf(list: List, definitions: Definitions, indentLevel: number): ListNode {
  const children = list.children.flatMap((item) => itemOf(item, definitions, indentLevel));
  return {
    type: 'list',
    format: list.ordered ? 'ordered' : 'unordered',
    ...(indentLevel > 0 ? { indentLevel } : {}),
    children: children.length > 0 ? children : [{ type: 'list-item', children: [text('')] }],
  };
}

/** An item holds words only: its paragraphs become lines, and lists inside it follow it. */
function itemOf(item: ListItem, definitions: Definitions, indentLevel: number): (ListItemNode | ListNode)[] {
  const lines: InlineNode[][] = [];
  const lists: ListNode[] = [];
  if (typeof item.checked === 'boolean') lines.push([text(item.checked ? '☑ ' : '☐ ')]);
  for (const child of item.children) {
    if (child.type === 'list') lists.push(listOf(child, definitions, indentLevel + 1));
    else if (child.type === 'paragraph') lines.push(inlines(child.children, definitions));
    else
      for (const block of blocksOf(child, definitions)) if (block.type !== 'list') lines.push(block.children);
  }
  const checkbox = typeof item.checked === 'boolean' ? 1 : 0;
  const words = lines.flatMap((line, position) => (position > checkbox ? [text('\n'), ...line] : line));
  return [{ type: 'list-item', children: tidied(words) }, ...lists];
}

const paragraphs = (nodes: InlineNode[], type: 'paragraph' | 'quote'): BlockNode[] =>
  hasWords(nodes) ? [{ type, children: nodes }] : [];

function quoteOf(children: (BlockContent | DefinitionContent)[], definitions: Definitions): BlockNode[] {
  return children.flatMap((child) =>
    child.type === 'paragraph' || child.type === 'heading'
      ? paragraphs(inlines(child.children, definitions), 'quote')
      : blocksOf(child, definitions)
  );
}

function blocksOf(node: RootContent, definitions: Definitions): BlockNode[] {
  switch (node.type) {
    case 'paragraph':
      return paragraphs(inlines(node.children, definitions), 'paragraph');
    case 'heading':
      return [{ type: 'heading', level: node.depth, children: inlines(node.children, definitions) }];
    case 'blockquote':
      return quoteOf(node.children, definitions);
    case 'code':
      return [{ type: 'code', ...(node.lang ? { language: node.lang } : {}), children: [text(node.value)] }];
    case 'list':
      return [listOf(node, definitions, 0)];
    case 'table':
      return node.children.flatMap((row) =>
        paragraphs(
          tidied(
            row.children.flatMap((cell, position) => [
              ...(position > 0 ? [text(' | ')] : []),
              ...inlines(cell.children, definitions),
            ])
          ),
          'paragraph'
        )
      );
    case 'footnoteDefinition':
      return quoteOf(node.children, definitions).map((block) =>
        block.type === 'quote' ? { ...block, type: 'paragraph' } : block
      );
    default:
      return [];
  }
}

function definitionsIn(nodes: Nodes[]): Definitions {
  return new Map(nodes.flatMap((node) => (node.type === 'definition' ? [[node.identifier, node.url]] : [])));
}

/**
 * Markdown as a Strapi blocks value, exactly what its validator takes. What blocks do not have is flattened: a row of
 * a table becomes a paragraph, an image a link, HTML its text; rules are left out. Nothing for a text without words.
 */
export function markdownToBlocks(markdown: string): BlockNode[] {
  const clean = cleanMarkdown(htmlAsMarkdown(markdown), 'none');
  if (clean.length > LONGEST_MARKDOWN) {
    return clean.split(/\n\s*\n/).flatMap((paragraph) => paragraphs([text(paragraph.trim())], 'paragraph'));
  }
  return piecesOf(withoutDeepMarkers(clean)).flatMap((piece) => {
    const { children } = parseMarkdown(piece);
    const definitions = definitionsIn(children);
    return children.flatMap((node) => blocksOf(node, definitions));
  });
}

/** The words of a blocks value, as a reader sees them: what a limit of length is measured on. */
export function blocksToText(blocks: BlockNode[]): string {
  const wordsOf = (node: BlockNode | ListItemNode | InlineNode): string =>
    node.type === 'text' ? node.text : node.children.map(wordsOf).join(node.type === 'list' ? '\n' : '');
  return blocks.map(wordsOf).join('\n');
}
