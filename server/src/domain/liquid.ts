import {
  Drop,
  Liquid,
  LiquidError,
  Tag,
  type FilterImplOptions,
  type TagRenderReturn,
  type Template,
} from 'liquidjs';
import type { ReasonCode, ReasonParams } from '../contracts/reason';

/** Longest template, in characters. */
const LONGEST_TEMPLATE = 60_000;
/** Longest rendering; milliseconds. */
const RENDER_LIMIT_MS = 500;
/**
 * What filters and loops may make in one rendering: about one per character or element in Liquid's own count, and once more per
 * character that comes out of a filter.
 */
const MEMORY_LIMIT = 8_000_000;
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

/** Filters that evaluate a template of their own for every element: no limit looks into them. */
const UNLIMITED_FILTER = /_exp$/;

type FilterHandler = Extract<FilterImplOptions, (...options: never[]) => unknown>;

/**
 * Liquid looks at the clock between templates only, however many filters one of them chains, and some filters tell nobody how much
 * they make.
 */
function withinLimits(filter: FilterHandler): FilterHandler {
  return function limited(value, ...options) {
    const { renderLimit, memoryLimit } = this.context;
    renderLimit.check(performance.now());
    const made: unknown = filter.call(this, value, ...options);
    if (typeof made === 'string') memoryLimit.use(made.length);
    return made;
  };
}

function forbiddenTag(name: string): new (...options: ConstructorParameters<typeof Tag>) => Tag {
  return class extends Tag {
    constructor(...options: ConstructorParameters<typeof Tag>) {
      super(...options);
      throw new Error(`the tag "${name}" cannot be used`);
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
  for (const [name, filter] of Object.entries(liquid.filters)) {
    if (UNLIMITED_FILTER.test(name)) Reflect.deleteProperty(liquid.filters, name);
    else if (typeof filter === 'function') liquid.registerFilter(name, withinLimits(filter));
    else liquid.registerFilter(name, { ...filter, handler: withinLimits(filter.handler) });
  }
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

/** What went wrong in Liquid, as a reason, and where (counted from 1). */
export function liquidFault(error: unknown): {
  code: ReasonCode;
  params: ReasonParams;
  line: number | null;
  column: number | null;
} {
  if (!LiquidError.is(error)) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...reasonFor(message), line: null, column: null };
  }
  const [line, column] = error.token.getPosition();
  const cause = LiquidError.is(error.originalError)
    ? error.originalError.message
    : (error.originalError?.message ?? error.message);
  return {
    ...reasonFor(cause.replace(/(?:, file:.*)?, line:\d+, col:\d+$/, '')),
    line: line ?? null,
    column: column ?? null,
  };
}

/** Liquid's messages, what each says, and the name of what is found in its brackets. */
const FAULTS: { pattern: RegExp; code: ReasonCode; name?: string; params?: ReasonParams }[] = [
  { pattern: /^template render limit exceeded$/, code: 'template_too_slow', params: { ms: RENDER_LIMIT_MS } },
  { pattern: /^memory alloc limit exceeded$/, code: 'template_too_big' },
  { pattern: /^Maximum call stack size exceeded$/, code: 'template_too_deep' },
  { pattern: /^Invalid string length$/, code: 'template_result_too_long' },
  { pattern: /^parse length limit exceeded$/, code: 'template_too_long', params: { most: LONGEST_TEMPLATE } },
  { pattern: /^(?:output|tag) "?(.*?)"? not closed$/s, code: 'template_not_closed', name: 'what' },
  { pattern: /^tag "(.*)" not found$/, code: 'template_tag_unknown', name: 'tag' },
  { pattern: /^the tag "(.*)" cannot be used$/, code: 'template_tag_forbidden', name: 'tag' },
  { pattern: /^undefined filter: (.*)$/, code: 'template_filter_unknown', name: 'filter' },
];

/** First letter large, a full stop at the end. */
const sentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;

function reasonFor(message: string): { code: ReasonCode; params: ReasonParams } {
  for (const { pattern, code, name, params = {} } of FAULTS) {
    const found = pattern.exec(message);
    if (found) return { code, params: { ...params, ...(name ? { [name]: found[1] ?? '' } : {}) } };
  }
  return { code: 'template_syntax', params: { detail: sentence(message) } };
}

export function filterNames(): string[] {
  return Object.keys(liquid.filters);
}
