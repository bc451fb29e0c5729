function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deeper than this, blocks are not followed: no editor makes them. */
const DEEPEST_BLOCK = 100;

const childrenOf = (node: Record<string, unknown>): Record<string, unknown>[] =>
  Array.isArray(node.children) ? node.children.filter(isNode) : [];

/** Puts marks around a text, outside its white space: `** a**` is not bold. */
function marked(words: string, mark: string): string {
  const inner = words.trim();
  return inner === '' ? words : words.replace(inner, () => `${mark}${inner}${mark}`);
}

function inlineMarkdown(node: Record<string, unknown>, depth: number): string {
  if (depth > DEEPEST_BLOCK) return '';
  if (typeof node.text === 'string') {
    let words = node.text;
    if (node.code === true) words = marked(words, '`');
    if (node.strikethrough === true) words = marked(words, '~~');
    if (node.italic === true) words = marked(words, '*');
    if (node.bold === true) words = marked(words, '**');
    return words;
  }
  const words = childrenOf(node)
    .map((child) => inlineMarkdown(child, depth + 1))
    .join('');
  return node.type === 'link' && typeof node.url === 'string' ? `[${words}](${node.url})` : words;
}

function listMarkdown(list: Record<string, unknown>, indent: string, depth: number): string {
  if (depth > DEEPEST_BLOCK) return '';
  let number = 0;
  return childrenOf(list)
    .map((child) => {
      if (child.type === 'list') return listMarkdown(child, `${indent}  `, depth + 1);
      number += 1;
      const marker = list.format === 'ordered' ? `${number}. ` : '- ';
      const words = inlineMarkdown(child, depth + 1).replace(/\n/g, `\n${indent}  `);
      return `${indent}${marker}${words}`;
    })
    .join('\n');
}

function blockMarkdown(node: Record<string, unknown>): string {
  const words = (): string => inlineMarkdown(node, 0);
  switch (node.type) {
    case 'heading':
      return `${'#'.repeat(typeof node.level === 'number' ? Math.min(Math.max(Math.trunc(node.level), 1), 6) : 1)} ${words()}`;
    case 'quote':
      return `> ${words().replace(/\n/g, '\n> ')}`;
    case 'code':
      return `\`\`\`${typeof node.language === 'string' ? node.language : ''}\n${words()}\n\`\`\``;
    case 'list':
      return listMarkdown(node, '', 0);
    case 'image': {
      const image = isNode(node.image) ? node.image : {};
      return typeof image.url === 'string'
        ? `![${typeof image.alternativeText === 'string' ? image.alternativeText : ''}](${image.url})`
        : '';
    }
    default:
      return words();
  }
}

/**
 * A Strapi blocks value as Markdown, for a model to read: signs in the text are not escaped. Lenient: what is not a
 * block is left out, of an unknown one the words are taken.
 */
export function blocksToMarkdown(blocks: unknown): string {
  if (typeof blocks === 'string') return blocks;
  if (!Array.isArray(blocks)) return '';
  return blocks
    .filter(isNode)
    .map(blockMarkdown)
    .filter((block) => block.trim() !== '')
    .join('\n\n');
}
