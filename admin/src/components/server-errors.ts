import { useCallback } from 'react';
import { useErrorText } from './errors';
import { useSentenceOf } from './reason';
import { faultsIn, withoutPlace, wordSaid } from './wording';

/** What the server said about a request it refused: a sentence, and sentences by the place they are about. */
export interface ServerErrors {
  message: string;
  /** By path with dots: `settings.model`, `settings.outputs.0.field`. */
  fields: Record<string, string>;
}

/** Sorts what a request was rejected with by the fields it is about. */
export function useServerErrors(): (error: unknown) => ServerErrors {
  const errorText = useErrorText();
  const sentenceOf = useSentenceOf();
  return useCallback(
    (error) => {
      const fields: Record<string, string> = {};
      for (const fault of faultsIn(error)) fields[fault.path] ??= wordSaid(fault, sentenceOf);
      return { message: errorText(error), fields };
    },
    [errorText, sentenceOf]
  );
}

/** The first sentence about `path` or anything inside it, for a reader who sees it there. */
export function errorAt(errors: ServerErrors | null, path: string): string | undefined {
  if (!errors) return undefined;
  const found = Object.entries(errors.fields).find(([key]) => key === path || key.startsWith(`${path}.`));
  return found && withoutPlace(found[1], path);
}

/** What is said of `path` as a whole, for a reader who sees it there and what is inside it beside each part. */
export function errorOf(errors: ServerErrors | null, path: string): string | undefined {
  const sentence = errors?.fields[path];
  return sentence && withoutPlace(sentence, path);
}

/** What none of `shownPaths` covers, so that nothing the server said is swallowed. */
export function errorsElsewhere(errors: ServerErrors | null, shownPaths: string[]): string[] {
  if (!errors) return [];
  if (Object.keys(errors.fields).length === 0) return [errors.message];
  return Object.entries(errors.fields)
    .filter(([key]) => !shownPaths.some((path) => key === path || key.startsWith(`${path}.`)))
    .map(([, message]) => message);
}

function valueAt(body: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      body
    );
}

/** What the server said about `sent`, without the parts that are something else in `current`; null where nothing is left. */
export function errorsStillTrue(errors: ServerErrors, sent: unknown, current: unknown): ServerErrors | null {
  const same = (path: string) =>
    JSON.stringify(valueAt(sent, path)) === JSON.stringify(valueAt(current, path));
  const places = Object.entries(errors.fields);
  if (places.length === 0) return JSON.stringify(sent) === JSON.stringify(current) ? errors : null;
  const left = places.filter(([path]) => same(path));
  return left.length === 0 ? null : { ...errors, fields: Object.fromEntries(left) };
}
