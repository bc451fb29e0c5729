import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import type { z } from 'zod';
import { problem, type ProblemCode } from '../contracts/problem';
import { reasonSentence } from '../contracts/reason';
import { InvalidInputError, MissingError, type InputProblem } from '../domain/invalid-input';
import { personName, type NamedUser } from '../domain/person-name';
import { schemaProblems } from '../domain/schema-problems';
import { unfitInput } from '../domain/unfit-input';
import { isWorkError } from '../domain/work-error';
import type { ActingPerson, Ability } from '../entries/permissions';
import { PERMISSIONS } from '../permissions';
import type { Reader } from '../services/job-views';

/** Koa's context as Strapi extends it. */
export interface RequestContext extends Context {
  params: Record<string, string>;
}

interface AdminUser extends NamedUser {
  id: number;
}

const invalid = (problems: InputProblem[]): Error =>
  new errors.ValidationError(problems.map(({ message }) => message).join(' '), {
    errors: problems.map(({ path, message, code, params }) => ({
      path,
      message,
      name: 'ValidationError',
      ...(code === undefined ? {} : { code, params: params ?? {} }),
    })),
  });

/** A query or body as the contract wants it. @throws Strapi's ValidationError that names every problem and its place */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const unfit = unfitInput(input);
  if (unfit) throw invalid([unfit]);
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  throw invalid(schemaProblems(result.error, input ?? {}));
}

/** An id in the address. @throws MissingError with this code where it is none */
export function parseId(value: string | undefined, missing: ProblemCode): number {
  const id = Number(value);
  if (!Number.isInteger(id) || id < 1 || id > 2_147_483_647) throw new MissingError(problem(missing));
  return id;
}

/** The person who asks, with the rights of this request. */
export function personOf(context: RequestContext): ActingPerson {
  const user = context.state.user as AdminUser;
  return { id: user.id, name: personName(user), active: true, ability: context.state.userAbility as Ability };
}

export function may(context: RequestContext, permission: string): boolean {
  return (context.state.userAbility as Ability).can(permission, undefined);
}

export function readerOf(context: RequestContext): Reader {
  const person = personOf(context);
  return {
    id: person.id,
    name: person.name,
    ability: person.ability,
    readAll: may(context, PERMISSIONS.jobsReadAll),
    create: may(context, PERMISSIONS.jobsCreate),
    manage: may(context, PERMISSIONS.jobsManage),
  };
}

/** The person went away: there is nobody to answer. */
class GivenUpError extends Error {
  override name = 'GivenUpError';
}

/** Aborted, with a GivenUpError, when the person goes away before the answer. */
export function signalOf(context: RequestContext): AbortSignal {
  const controller = new AbortController();
  // The request itself is closed as soon as its body has been read; the answer only with the connection.
  context.res.on('close', () => {
    if (!context.res.writableEnded) controller.abort(new GivenUpError('The request was given up.'));
  });
  return controller.signal;
}

/** The code and the parameters of a refusal; none where another plugin's job type refuses in words of its own. */
function detailsOf(error: Error): object {
  const said: unknown = 'problem' in error ? error.problem : null;
  if (typeof said !== 'object' || said === null || !('code' in said) || !('params' in said)) return {};
  return { code: said.code, params: said.params };
}

/** An error's answer in Strapi's shape, where Strapi has no class for it or leaves the sentence out. */
export const refuse = (
  context: Context,
  status: number,
  name: string,
  message: string,
  details: object = {}
): void => {
  context.status = status;
  context.body = { data: null, error: { status, name, message, details } };
};

/** Says what a use case found wrong in Strapi's words and with the right status. */
export function answering(
  handler: (context: RequestContext) => Promise<void>
): (context: RequestContext) => Promise<void> {
  return async (context) => {
    try {
      if (Object.values(context.params).some((part) => part.includes('\u0000')))
        throw new MissingError(problem('nothing_here'));
      await handler(context);
    } catch (error) {
      if (error instanceof InvalidInputError) throw invalid(error.problems);
      if (isWorkError(error))
        throw new errors.ApplicationError(reasonSentence(error.reason), {
          code: error.reason.code,
          params: error.reason.params,
        });
      if (error instanceof GivenUpError) return;
      if (error instanceof Error) {
        if (error.name === 'MissingError') throw new errors.NotFoundError(error.message, detailsOf(error));
        // Strapi would answer its own ForbiddenError with the one word "Forbidden".
        if (error.name === 'NotAllowedError')
          return refuse(context, 403, 'ForbiddenError', error.message, detailsOf(error));
        if (error.name === 'WrongStateError')
          return refuse(context, 409, 'ConflictError', error.message, detailsOf(error));
      }
      throw error;
    }
  };
}

export function pagination(page: number, pageSize: number, total: number) {
  return { page, pageSize, pageCount: Math.ceil(total / pageSize), total };
}
