import type { z } from 'zod';
import { isProblemCode, problem, type ProblemCode } from '../contracts/problem';
import type { ReasonParams } from '../contracts/reason';
import { problemAt, type InputProblem } from './invalid-input';

type Issue = z.core.$ZodIssue;

const KINDS: Record<string, ProblemCode> = {
  string: 'kind_text',
  number: 'kind_number',
  int: 'kind_whole_number',
  boolean: 'kind_yes_or_no',
  array: 'kind_list',
  object: 'kind_object',
  record: 'kind_object',
};

const TOO_SMALL: Record<string, ProblemCode> = {
  string: 'text_too_short',
  number: 'number_too_small',
  int: 'number_too_small',
  array: 'list_too_short',
};

const TOO_BIG: Record<string, ProblemCode> = {
  string: 'text_too_long',
  number: 'number_too_large',
  int: 'number_too_large',
  array: 'list_too_long',
};

const listed = (values: readonly unknown[]): string => values.map((value) => `"${String(value)}"`).join('|');

/** A part of a sentence that has a code of its own. */
const part = (name: string, code: ProblemCode): ReasonParams => ({
  [name]: problem(code).message,
  [`${name}Code`]: code,
});

/** Where something stands in what was sent, as the beginning of a sentence. */
export function placeParams(path: string[]): ReasonParams {
  return path.length === 0 ? part('place', 'the_input') : { place: path.join('.') };
}

/** The bounds that an issue speaks of. */
function boundsOf(issue: Issue): ReasonParams {
  if (issue.code === 'too_small') return { minimum: Number(issue.minimum) };
  return issue.code === 'too_big' ? { maximum: Number(issue.maximum) } : {};
}

const valueAt = (sent: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    sent
  );

/** What an issue says. @param given whether there was anything at its place. @returns null where there is no sentence of the plugin's for it */
function saidBy(issue: Issue, given: boolean): { code: ProblemCode; params: ReasonParams } | null {
  // A contract's own message is a code.
  if (isProblemCode(issue.message)) return { code: issue.message, params: boundsOf(issue) };
  switch (issue.code) {
    case 'invalid_type': {
      return {
        code: given ? 'value_wrong_type' : 'value_missing',
        params: part('expected', KINDS[issue.expected] ?? 'kind_other'),
      };
    }
    case 'too_small': {
      if (issue.origin === 'string' && issue.minimum === 1) return { code: 'text_empty', params: {} };
      const code = TOO_SMALL[issue.origin];
      return code && issue.inclusive !== false ? { code, params: boundsOf(issue) } : null;
    }
    case 'too_big': {
      const code = TOO_BIG[issue.origin];
      return code && issue.inclusive !== false ? { code, params: boundsOf(issue) } : null;
    }
    case 'invalid_value':
      return { code: 'value_no_option', params: { options: listed(issue.values) } };
    case 'unrecognized_keys':
      return {
        code: 'property_unknown',
        params: { names: issue.keys.map((key) => `“${key}”`).join(', ') },
      };
    case 'invalid_key':
      return { code: 'property_name_refused', params: {} };
    case 'invalid_format':
      return issue.format === 'datetime' ? { code: 'time_malformed', params: {} } : null;
    case 'invalid_union': {
      const first = issue.errors[0]?.[0];
      return first ? saidBy(first, given) : null;
    }
    default:
      return null;
  }
}

/** Who sends thousands of wrong places need not read of each. */
const MOST_PROBLEMS = 50;

/**
 * What a schema found wrong, as sentences that begin with the place: `settings.outputs.0.field: …`; of very many, the first.
 * @param sent what was checked
 * @param at where the checked value itself stands in what was sent
 */
export function schemaProblems(error: z.ZodError, sent: unknown, at: string[] = []): InputProblem[] {
  return error.issues.slice(0, MOST_PROBLEMS).map((issue) => {
    const path = [...at, ...issue.path.map(String)];
    const given = valueAt(sent, issue.path) !== undefined;
    const { code, params } = saidBy(issue, given) ?? {
      code: 'value_refused',
      params: { said: issue.message },
    };
    return problemAt(path, code, { ...placeParams(path), ...params });
  });
}
