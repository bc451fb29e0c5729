import { toValueSync, type Template, type Variable } from 'liquidjs';
import type { TemplateProblem } from '../contracts/prompt';
import { reasonSentence, withDetail, type ReasonCode, type ReasonParams } from '../contracts/reason';
import { createBoundedCache, type BoundedCache } from './bounded-cache';
import { filterNames, liquid, liquidFault, parseTemplate } from './liquid';
import { nearest } from './nearest';
import { GLOBAL_PLACEHOLDERS, type Placeholder } from './placeholders';
import { WorkError } from './work-error';

/** Longest prompt that a template may become, in characters. */
const LONGEST_PROMPT = 2_000_000;
const MOST_PROBLEMS = 50;
const MOST_TEMPLATES_KNOWN = 100;

/** Properties that Liquid itself gives a text. */
const TEXT_PROPERTIES = new Set(['size', 'first', 'last']);
/** Tags that only ask whether something is there. */
const CONDITIONS = new Set(['if', 'elsif', 'unless']);

/** What a name in a template stands for. */
type Meaning = { kind: 'text' | 'entry'; path: string } | { kind: 'global' } | { kind: 'unknown' };

/** How names are looked up, made once per list of placeholders. */
interface Names {
  texts: Map<string, string>;
  /** Relations and components: whatever a path goes through. */
  entries: Set<string>;
}

const namesOf = new WeakMap<Placeholder[], Names>();
/** What each template reads: asked for every item of a job. */
const pathsOf = new WeakMap<Placeholder[], BoundedCache<string, string[]>>();

function namesFor(placeholders: Placeholder[]): Names {
  const known = namesOf.get(placeholders);
  if (known) return known;
  const names: Names = { texts: new Map(), entries: new Set() };
  for (const { path, aliases } of placeholders) {
    for (const alias of aliases) if (!names.texts.has(alias)) names.texts.set(alias, path);
    const parts = path.split('.');
    for (let length = 1; length < parts.length; length += 1)
      names.entries.add(parts.slice(0, length).join('.'));
  }
  for (const { path } of placeholders) names.texts.set(path, path);
  namesOf.set(placeholders, names);
  return names;
}

function meaningOf(variable: Variable, names: Names): Meaning {
  const segments = variable.segments;
  if (!segments.every((segment) => typeof segment === 'string')) return { kind: 'unknown' };
  const find = (name: string): Meaning | null => {
    const path = names.texts.get(name);
    if (path !== undefined) return { kind: 'text', path };
    if (names.entries.has(name)) return { kind: 'entry', path: name };
    return GLOBAL_PLACEHOLDERS.includes(name) ? { kind: 'global' } : null;
  };
  const whole = find(segments.join('.'));
  if (whole) return whole;
  const last = segments.at(-1);
  const beginning =
    typeof last === 'string' && TEXT_PROPERTIES.has(last) ? find(segments.slice(0, -1).join('.')) : null;
  return beginning && beginning.kind !== 'entry' ? beginning : { kind: 'unknown' };
}

/** The names in a template that it does not make itself (with assign, capture, for …). */
function outsideNames(templates: Template[]): Variable[] {
  return Object.values(liquid.analyzeSync(templates, { partials: false }).globals).flat();
}

const placeOf = ({ location }: Variable): string => `${location.row}:${location.col}`;

/** Where names stand in something other than a condition; as "line:column". */
function usedAsText(templates: Template[]): Set<string> {
  const places = new Set<string>();
  const visit = (template: Template): void => {
    const isCondition =
      'name' in template && typeof template.name === 'string' && CONDITIONS.has(template.name);
    if (!isCondition && template.arguments) {
      const alone: Template = {
        token: template.token,
        render: () => undefined,
        arguments: () => template.arguments?.() ?? [],
      };
      for (const variable of outsideNames([alone])) places.add(placeOf(variable));
    }
    if (template.children) toValueSync<Template[]>(template.children(false, true)).forEach(visit);
  };
  templates.forEach(visit);
  return places;
}

const problem = (
  code: ReasonCode,
  params: ReasonParams = {},
  place: Partial<Pick<TemplateProblem, 'line' | 'column' | 'placeholder' | 'nearest'>> = {}
): TemplateProblem => ({
  code,
  params,
  message: reasonSentence({ code, params }),
  line: null,
  column: null,
  placeholder: null,
  nearest: null,
  ...place,
});

function syntaxProblem(error: unknown): TemplateProblem {
  const { code, params, ...place } = liquidFault(error);
  const similar = code === 'template_filter_unknown' ? nearest(String(params.filter), filterNames()) : null;
  return similar === null
    ? problem(code, params, place)
    : problem('template_filter_near', { ...params, nearest: similar }, place);
}

function nameProblem(variable: Variable, names: Names, asText: boolean): TemplateProblem {
  const { row: line, col: column } = variable.location;
  const written = variable.toString();
  if (!variable.segments.every((segment) => typeof segment === 'string')) {
    return problem(
      'template_placeholder_dynamic',
      { placeholder: written },
      { line, column, placeholder: written }
    );
  }
  const placeholder = variable.segments.join('.');
  const similar = nearest(placeholder, [
    ...names.texts.keys(),
    ...GLOBAL_PLACEHOLDERS,
    ...(asText ? [] : names.entries),
  ]);
  const place = { line, column, placeholder, nearest: similar };
  return similar === null
    ? problem('template_placeholder_unknown', { placeholder }, place)
    : problem('template_placeholder_near', { placeholder, nearest: similar }, place);
}

function entryProblem(variable: Variable, path: string, names: Names): TemplateProblem {
  const inside = [...names.texts.keys()]
    .filter((name) => name.startsWith(`${path}.`))
    .sort((a, b) => a.split('.').length - b.split('.').length);
  const example = inside.find((name) => /\.(?:title|name|label)$/.test(name)) ?? inside[0] ?? null;
  const { row: line, col: column } = variable.location;
  const place = { line, column, placeholder: path, nearest: example };
  return example === null
    ? problem('template_entry', { placeholder: path }, place)
    : problem('template_entry_like', { placeholder: path, nearest: example }, place);
}

/**
 * What is wrong with a template, in the order it is written: its syntax, names that the content type does not have.
 * Empty where it can be used.
 */
export function checkTemplate(source: string, placeholders: Placeholder[]): TemplateProblem[] {
  if (source.trim() === '') return [problem('template_empty')];
  try {
    const templates = parseTemplate(source);
    const names = namesFor(placeholders);
    const asText = usedAsText(templates);
    return outsideNames(templates)
      .flatMap((variable) => {
        const meaning = meaningOf(variable, names);
        const isText = asText.has(placeOf(variable));
        if (meaning.kind === 'unknown') return [nameProblem(variable, names, isText)];
        return meaning.kind === 'entry' && isText ? [entryProblem(variable, meaning.path, names)] : [];
      })
      .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
      .slice(0, MOST_PROBLEMS);
  } catch (error) {
    return [syntaxProblem(error)];
  }
}

/**
 * The paths that a template reads, aliases resolved (`book_name` → `chapter.book.name`), each once. A relation that a
 * condition asks for (`{% if chapter %}`) is a path of its own. Unknown names are left out.
 * @throws WorkError `prompt_failed` where the template cannot be parsed
 */
export function placeholderPathsIn(source: string, placeholders: Placeholder[]): string[] {
  let paths = pathsOf.get(placeholders);
  if (!paths) pathsOf.set(placeholders, (paths = createBoundedCache(MOST_TEMPLATES_KNOWN)));
  return paths.get(source, () => findPaths(source, placeholders));
}

function findPaths(source: string, placeholders: Placeholder[]): string[] {
  try {
    const names = namesFor(placeholders);
    const meanings = outsideNames(parseTemplate(source)).map((variable) => meaningOf(variable, names));
    return [...new Set(meanings.flatMap((meaning) => ('path' in meaning ? [meaning.path] : [])))];
  } catch (error) {
    throw failed(error);
  }
}

function failed(error: unknown): WorkError {
  const { line, code, params } = liquidFault(error);
  const [words, about]: [ReasonCode, ReasonParams] =
    code === 'template_syntax' ? ['detail_template_syntax', { said: params.detail ?? '' }] : [code, params];
  const detailed =
    line === null ? withDetail(about, words) : withDetail({ ...about, line }, words, 'detail_in_line');
  return new WorkError('prompt_failed', detailed, { cause: error });
}

/**
 * Fills a template in. What is missing or null is empty; the data's text is never taken for a template.
 * @param data as `templateData` makes it
 * @throws WorkError `prompt_failed`: a fault in the template, or it takes too long or becomes too long
 */
export function renderTemplate(source: string, data: Record<string, unknown>): string {
  let rendered: string;
  try {
    rendered = String(liquid.renderSync(parseTemplate(source), data));
  } catch (error) {
    throw failed(error);
  }
  if (rendered.length > LONGEST_PROMPT) {
    const params = { length: rendered.length, most: LONGEST_PROMPT };
    throw new WorkError('prompt_failed', withDetail(params, 'detail_prompt_too_long'));
  }
  return rendered;
}
