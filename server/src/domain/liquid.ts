import { Drop, Liquid, LiquidError, Tag, type TagRenderReturn, type Template } from 'liquidjs';

/** Longest template, in characters. */
const LONGEST_TEMPLATE = 60_000;
/** Longest rendering; milliseconds. */
const RENDER_LIMIT_MS = 500;
/** What filters and loops may make in one rendering, in Liquid's count: about one per character or element. */
const MEMORY_LIMIT = 4_000_000;
/** Parsed templates kept. */
const MOST_PARSED = 100;

/** Tags that bring in other templates: there are none. */
const FORBIDDEN_TAGS = ['include', 'render', 'layout', 'block'];

/** What a value is written out as. Only texts can be: `{{ chapter }}` would print "[object Object]". */
function writtenOut(value: unknown): string {
  if (value === null || value === undefined || value instanceof Drop) return '';
  if (Array.isArray(value)) return value.map(writtenOut).join('');
  if (typeof value === 'object' && !(value instanceof Date)) {
    throw new Error(
      'an entry is written out where only a text can be; name one of its fields, like {{ chapter.name }}'
    );
  }
  return String(value);
}

function forbiddenTag(name: string): new (...options: ConstructorParameters<typeof Tag>) => Tag {
  return class extends Tag {
    constructor(...options: ConstructorParameters<typeof Tag>) {
      super(...options);
      throw new Error(`the tag "${name}" cannot be used: a prompt consists of one template`);
    }
    // Never reached: the constructor throws.
    override render(): TagRenderReturn {
      return undefined;
    }
  };
}

function createLiquid(): Liquid {
  const liquid = new Liquid({
    strictFilters: true,
    strictVariables: false,
    ownPropertyOnly: true,
    parseLimit: LONGEST_TEMPLATE,
    renderLimit: RENDER_LIMIT_MS,
    memoryLimit: MEMORY_LIMIT,
    // An empty mapping instead of the file system.
    templates: {},
    relativeReference: false,
    dynamicPartials: false,
    timezoneOffset: 0,
    locale: 'en-US',
    outputEscape: writtenOut,
  });
  for (const name of FORBIDDEN_TAGS) liquid.registerTag(name, forbiddenTag(name));
  return liquid;
}

/** The engine, without files and with limits. */
export const liquid = createLiquid();

const parsed = new Map<string, Template[]>();

/** Parses a template, or takes it from those parsed lately. @throws LiquidError, RangeError where it is nested too deeply */
export function parseTemplate(source: string): Template[] {
  const known = parsed.get(source);
  if (known) {
    parsed.delete(source);
    parsed.set(source, known);
    return known;
  }
  const templates = liquid.parse(source);
  parsed.set(source, templates);
  const oldest = parsed.keys().next();
  if (parsed.size > MOST_PARSED && !oldest.done) parsed.delete(oldest.value);
  return templates;
}

/** What went wrong in Liquid, in words, and where (counted from 1). */
export function liquidFault(error: unknown): { message: string; line: number | null; column: number | null } {
  if (!LiquidError.is(error)) {
    return {
      message: inWords(error instanceof Error ? error.message : String(error)),
      line: null,
      column: null,
    };
  }
  const [line, column] = error.token.getPosition();
  const cause = LiquidError.is(error.originalError)
    ? error.originalError.message
    : (error.originalError?.message ?? error.message);
  return {
    message: inWords(cause.replace(/(?:, file:.*)?, line:\d+, col:\d+$/, '')),
    line: line ?? null,
    column: column ?? null,
  };
}

const SENTENCES: [RegExp, string][] = [
  [
    /^template render limit exceeded$/,
    `filling it in takes longer than ${RENDER_LIMIT_MS} ms; a loop in it is too long`,
  ],
  [
    /^memory alloc limit exceeded$/,
    'filling it in needs too much memory; a loop or a filter in it makes too much text',
  ],
  [/^Maximum call stack size exceeded$/, 'the prompt is nested too deeply'],
  [/^Invalid string length$/, 'the prompt becomes too long'],
  [/^parse length limit exceeded$/, `the prompt is longer than ${LONGEST_TEMPLATE} characters`],
  [/^(?:output|tag) "?(.*?)"? not closed$/s, '“$1” is not closed'],
  [/^tag "(.*)" not found$/, 'there is no tag “$1”'],
  [/^undefined filter: (.*)$/, 'there is no filter “$1”'],
];

function inWords(message: string): string {
  for (const [pattern, sentence] of SENTENCES)
    if (pattern.test(message)) return message.replace(pattern, sentence);
  return message;
}

/** The name of a filter that does not exist, from a message in words. */
export function unknownFilterIn(message: string): string | null {
  return /^there is no filter “(.*)”$/.exec(message)?.[1] ?? null;
}

export function filterNames(): string[] {
  return Object.keys(liquid.filters);
}
