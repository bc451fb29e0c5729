/** One thing wrong in what a person sent: where (`settings.outputs.0.field`), and what to do. */
export interface InputProblem {
  path: string[];
  message: string;
}

/** What a person sent cannot be used; every problem found is named, nothing was written. */
export class InvalidInputError extends Error {
  override name = 'InvalidInputError';

  constructor(readonly problems: InputProblem[]) {
    super(problems.map((problem) => problem.message).join(' '));
  }
}

/** What a person asked for is not there. */
export class MissingError extends Error {
  override name = 'MissingError';
}

/** A person may not do what they asked for. */
export class NotAllowedError extends Error {
  override name = 'NotAllowedError';
}

/** What a person asked for does not fit how things stand now. */
export class WrongStateError extends Error {
  override name = 'WrongStateError';
}
