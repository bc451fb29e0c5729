import { z } from 'zod';
import type { Application } from '../application';
import {
  listItemsSchema,
  type EntryItemsResponse,
  type ItemResponse,
  type ListItemsResponse,
} from '../contracts/item';
import {
  cleanJobsSchema,
  createJobSchema,
  listJobsSchema,
  retrySchema,
  type CleanJobsResponse,
  type JobChangedResponse,
  type JobResponse,
  type ListJobsResponse,
} from '../contracts/job';
import { sampleSchema, type SampleResponse } from '../contracts/sample';
import { selectionSchema, type SelectionCountResponse } from '../contracts/selection';
import type { Job } from '../store/job-row';
import {
  answering,
  pagination,
  parse,
  parseId,
  personOf,
  readerOf,
  signalOf,
  type RequestContext,
} from './answer';

const noBody = z.strictObject({});
const countSchema = z.strictObject({
  selection: selectionSchema,
  fields: z.array(z.string().max(200)).max(50).optional(),
});
const entryQuerySchema = z.strictObject({ locale: z.string().max(35).optional() });

/** HTTP for jobs and their items. */
export function createJobsController(application: () => Application) {
  const changed = async (context: RequestContext, job: Job, status = 200): Promise<void> => {
    context.status = status;
    context.body = {
      data: await application().views.job(job, readerOf(context)),
    } satisfies JobChangedResponse;
  };
  const id = (context: RequestContext): string => String(context.params.id);

  return {
    list: answering(async (context) => {
      const query = parse(listJobsSchema, context.query);
      const reader = readerOf(context);
      const { jobs, total, counts, contentTypes } = await application().actions.list(query, reader);
      context.body = {
        data: await application().views.jobs(jobs, reader),
        meta: {
          pagination: pagination(query.page, query.pageSize, total),
          counts,
          contentTypes: application().views.contentTypes(contentTypes),
        },
      } satisfies ListJobsResponse;
    }),

    create: answering(async (context) => {
      const body = parse(createJobSchema, context.request.body);
      const { job, created } = await application().creation.create(personOf(context), body);
      await changed(context, job, created ? 201 : 200);
    }),

    find: answering(async (context) => {
      const reader = readerOf(context);
      const job = await application().actions.find(id(context), reader);
      context.body = { data: await application().views.detail(job, reader) } satisfies JobResponse;
    }),

    items: answering(async (context) => {
      const query = parse(listItemsSchema, context.query);
      const reader = readerOf(context);
      const { actions, views } = application();
      const job = await actions.find(id(context), reader);
      const { items, total } = await actions.listItems(job, query, reader);
      context.body = {
        data: views.items(items, job, reader),
        meta: { pagination: pagination(query.page, query.pageSize, total), counts: job.counts },
      } satisfies ListItemsResponse;
    }),

    item: answering(async (context) => {
      const reader = readerOf(context);
      const { actions, views } = application();
      const job = await actions.find(id(context), reader);
      const item = await actions.findItem(job, parseId(context.params.itemId, 'no_such_item'));
      context.body = { data: await views.itemDetail(item, job, reader) } satisfies ItemResponse;
    }),

    pause: answering(async (context) => {
      parse(noBody, context.request.body);
      await changed(context, await application().actions.pause(id(context), readerOf(context)));
    }),
    resume: answering(async (context) => {
      parse(noBody, context.request.body);
      await changed(context, await application().actions.resume(id(context), readerOf(context)));
    }),
    cancel: answering(async (context) => {
      parse(noBody, context.request.body);
      await changed(context, await application().actions.cancel(id(context), readerOf(context)));
    }),
    retry: answering(async (context) => {
      const { errorCode } = parse(retrySchema, context.request.body);
      await changed(context, await application().actions.retry(id(context), readerOf(context), errorCode));
    }),
    undo: answering(async (context) => {
      parse(noBody, context.request.body);
      await changed(
        context,
        await application().actions.undo(id(context), null, personOf(context), readerOf(context)),
        201
      );
    }),
    publish: answering(async (context) => {
      parse(noBody, context.request.body);
      await changed(
        context,
        await application().actions.publish(id(context), personOf(context), readerOf(context)),
        201
      );
    }),
    duplicate: answering(async (context) => {
      parse(noBody, context.request.body);
      await changed(
        context,
        await application().actions.duplicate(id(context), personOf(context), readerOf(context)),
        201
      );
    }),
    retryItem: answering(async (context) => {
      parse(noBody, context.request.body);
      const itemId = parseId(context.params.itemId, 'no_such_item');
      await changed(context, await application().actions.retryItem(id(context), itemId, readerOf(context)));
    }),
    undoItem: answering(async (context) => {
      parse(noBody, context.request.body);
      const itemId = parseId(context.params.itemId, 'no_such_item');
      await changed(
        context,
        await application().actions.undo(id(context), itemId, personOf(context), readerOf(context)),
        201
      );
    }),

    remove: answering(async (context) => {
      await application().actions.remove(id(context), readerOf(context));
      context.status = 204;
    }),

    clean: answering(async (context) => {
      const { olderThanDays } = parse(cleanJobsSchema, context.request.body);
      context.body = {
        data: { deleted: await application().actions.clean(olderThanDays, readerOf(context)) },
      } satisfies CleanJobsResponse;
    }),

    sample: answering(async (context) => {
      const body = parse(sampleSchema, context.request.body);
      context.body = {
        data: await application().sampling.sample(personOf(context), body, signalOf(context)),
      } satisfies SampleResponse;
    }),

    count: answering(async (context) => {
      const { selection, fields } = parse(countSchema, context.request.body);
      context.body = {
        data: await application().sampling.count(personOf(context), selection, fields),
      } satisfies SelectionCountResponse;
    }),

    entryItems: answering(async (context) => {
      const { locale } = parse(entryQuerySchema, context.query);
      const { actions, views } = application();
      const reader = readerOf(context);
      const items = await actions.listOfEntry(
        String(context.params.contentType),
        String(context.params.documentId),
        locale ?? null,
        reader
      );
      context.body = { data: await views.entryItems(items, reader) } satisfies EntryItemsResponse;
    }),
  };
}
