/** A stretch of a template: plain words, an output `{{ … }}` or a tag `{% … %}`. */
export interface TemplatePart {
  text: string;
  kind: 'text' | 'output' | 'tag';
}

const PARTS = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

/** Cuts a template into its stretches; joined again they are the template. */
export function splitTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of template.matchAll(PARTS)) {
    if (match.index > end) parts.push({ text: template.slice(end, match.index), kind: 'text' });
    parts.push({ text: match[0], kind: match[0].startsWith('{{') ? 'output' : 'tag' });
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ text: template.slice(end), kind: 'text' });
  return parts;
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a stretch names the placeholder as a whole word. */
export function namesPlaceholder(part: TemplatePart, placeholder: string): boolean {
  return part.kind !== 'text' && new RegExp(`(?<![\\w.])${escape(placeholder)}(?![\\w.])`).test(part.text);
}

/** The template with one placeholder's name put in the place of another's, inside `{{ }}` and `{% %}` only. */
export function renamePlaceholder(template: string, from: string, to: string): string {
  const name = new RegExp(`(?<![\\w.])${escape(from)}(?![\\w.])`, 'g');
  return splitTemplate(template)
    .map((part) => (part.kind === 'text' ? part.text : part.text.replace(name, () => to)))
    .join('');
}
