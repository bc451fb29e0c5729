/** Opening brackets that are tried in a text; a model puts no more before its answer. */
const MOST_STARTS = 20;

/** JSON that was found in a text. */
export interface FoundJson {
  value: unknown;
  /** Whether it was all there is, but for white space and a fence around it. */
  whole: boolean;
}

function parsed(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

const ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * The bracketed part of a text that begins at `start`, with the two faults mended that models make: line ends inside
 * strings, and a comma before a closing bracket. White space between the parts is left out. Null where it does not end.
 */
function bracketed(text: string, start: number): { json: string; end: number } | null {
  const signs: string[] = [];
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (inString) {
      if (sign === '\\') {
        at += 1;
        signs.push(sign, text.charAt(at));
        continue;
      }
      if (sign === '"') inString = false;
      signs.push(sign < ' ' ? (ESCAPES[sign] ?? ' ') : sign);
      continue;
    }
    if (/\s/.test(sign)) continue;
    if (sign === '"') inString = true;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (signs.at(-1) === ',') signs.pop();
    }
    signs.push(sign);
    if (depth === 0) return { json: signs.join(''), end: at + 1 };
  }
  return null;
}

/**
 * The JSON values in a model's answer, the most likely first: the whole text, what a fence holds, an object or list
 * somewhere in prose. Empty where there is none.
 */
export function jsonInText(text: string): FoundJson[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const whole = parsed(trimmed);
  if (whole) return [{ ...whole, whole: true }];
  const found: FoundJson[] = [];
  const opening = /[{[]/g;
  for (let tries = 0; tries < MOST_STARTS; tries += 1) {
    const start = opening.exec(trimmed)?.index;
    if (start === undefined) break;
    const part = bracketed(trimmed, start);
    const json = part && parsed(part.json);
    if (!part || !json) continue;
    const around = (trimmed.slice(0, start) + trimmed.slice(part.end)).replace(/\s+/g, '');
    found.push({ ...json, whole: /^(?:`{3}\w*)?(?:`{3})?$/.test(around) });
    opening.lastIndex = part.end;
  }
  return found;
}
