import { problem, type Problem, type ProblemCode } from '../contracts/problem';
import type { ReasonParams } from '../contracts/reason';

/** One thing wrong in what a person sent: where (`settings.outputs.0.field`), and what to do. */
export interface InputProblem {
  path: string[];
  message: string;
  /** What the reader's language is found by; a job type of another plugin has sentences of its own, and no codes. */
  code?: ProblemCode;
  params?: ReasonParams;
}

/** A problem at a place. */
export function problemAt(path: string[], code: ProblemCode, params: ReasonParams = {}): InputProblem {
  return { path, ...problem(code, params) };
}

/** What a person sent cannot be used; every problem found is named, nothing was written. */
export class InvalidInputError extends Error {
  override name = 'InvalidInputError';

  constructor(readonly problems: InputProblem[]) {
    super(problems.map(({ message }) => message).join(' '));
  }
}

/** A request that is refused with one sentence. */
abstract class RefusedError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** What a person asked for is not there. */
export class MissingError extends RefusedError {
  override name = 'MissingError';
}

/** A person may not do what they asked for. */
export class NotAllowedError extends RefusedError {
  override name = 'NotAllowedError';
}

/** What a person asked for does not fit how things stand now. */
export class WrongStateError extends RefusedError {
  override name = 'WrongStateError';
}
