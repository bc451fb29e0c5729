import type { Application } from '../application';
import {
  checkPromptSchema,
  listPromptsSchema,
  savePromptSchema,
  type CheckPromptResponse,
  type ListPromptsResponse,
  type PromptResponse,
} from '../contracts/prompt';
import { problem } from '../contracts/problem';
import { MissingError } from '../domain/invalid-input';
import { answering, pagination, parse, personOf } from './answer';

/** HTTP for saved prompts. */
export function createPromptsController(application: () => Application) {
  return {
    list: answering(async (context) => {
      const query = parse(listPromptsSchema, context.query);
      const { prompts, total } = await application().prompts.list(query);
      context.body = {
        data: prompts,
        meta: { pagination: pagination(query.page, query.pageSize, total) },
      } satisfies ListPromptsResponse;
    }),
    find: answering(async (context) => {
      const prompt = await application().prompts.find(String(context.params.id));
      if (!prompt) throw new MissingError(problem('prompt_gone'));
      context.body = { data: prompt } satisfies PromptResponse;
    }),
    create: answering(async (context) => {
      const body = parse(savePromptSchema, context.request.body);
      context.body = {
        data: await application().prompts.create(body, personOf(context).id),
      } satisfies PromptResponse;
      context.status = 201;
    }),
    update: answering(async (context) => {
      const body = parse(savePromptSchema, context.request.body);
      context.body = {
        data: await application().prompts.update(String(context.params.id), body, personOf(context).id),
      } satisfies PromptResponse;
    }),
    remove: answering(async (context) => {
      await application().prompts.remove(String(context.params.id));
      context.status = 204;
    }),
    check: answering(async (context) => {
      const body = parse(checkPromptSchema, context.request.body);
      context.body = {
        data: await application().prompts.check(body, personOf(context)),
      } satisfies CheckPromptResponse;
    }),
  };
}
