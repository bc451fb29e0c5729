import type { z } from 'zod';
import type { InputProblem } from './invalid-input';

/**
 * What a schema found wrong, as sentences that begin with the place: `settings.outputs.0.field: …`.
 * @param at where the checked value itself stands in what was sent
 */
export function schemaProblems(error: z.ZodError, at: string[] = []): InputProblem[] {
  return error.issues.map((issue) => {
    const path = [...at, ...issue.path.map(String)];
    return { path, message: `${path.length === 0 ? '' : `${path.join('.')}: `}${issue.message}.` };
  });
}
