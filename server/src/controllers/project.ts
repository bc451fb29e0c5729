import { z } from 'zod';
import type { Application } from '../application';
import type { ListContentTypesResponse, ListJobTypesResponse } from '../contracts/content-type';
import {
  testProviderSchema,
  type ListModelsResponse,
  type ListProvidersResponse,
  type TestProviderResponse,
} from '../contracts/provider';
import type { QueueResponse } from '../contracts/queue';
import { updateSettingsSchema, type SettingsResponse } from '../contracts/settings';
import { PERMISSIONS } from '../permissions';
import { answering, may, parse, personOf } from './answer';

/** HTTP for what the project has: types, providers, the queue, the settings. */
export function createProjectController(application: () => Application) {
  return {
    jobTypes: answering(async (context) => {
      context.body = {
        data: application()
          .registries.jobTypes.list()
          .map((type) => ({
            name: type.name,
            startable: type.startable,
            queue: type.queue,
            settingsSchema: z.toJSONSchema(type.settings, { io: 'input', unrepresentable: 'any' }) as Record<
              string,
              unknown
            >,
          })),
      } satisfies ListJobTypesResponse;
    }),

    contentTypes: answering(async (context) => {
      const { contentTypes, settings } = application();
      context.body = {
        data: await contentTypes.list(personOf(context), await settings.read()),
      } satisfies ListContentTypesResponse;
    }),

    providers: answering(async (context) => {
      const providers = await application().providers.list();
      const administrator = may(context, PERMISSIONS.settingsRead);
      context.body = {
        data: administrator
          ? providers
          : providers.map((provider) => ({ ...provider, keyLastFour: null, baseUrl: null })),
        meta: { defaults: await application().settings.defaults() },
      } satisfies ListProvidersResponse;
    }),
    testProvider: answering(async (context) => {
      const { model } = parse(testProviderSchema, context.request.body);
      const data = await application().providers.test(
        String(context.params.name),
        model ?? null,
        personOf(context).id
      );
      if (data.ok) application().forgiveProvider(String(context.params.name));
      context.body = { data } satisfies TestProviderResponse;
    }),
    models: answering(async (context) => {
      context.body = {
        data: await application().providers.models(String(context.params.name)),
      } satisfies ListModelsResponse;
    }),

    queue: answering(async (context) => {
      context.body = { data: await application().queueService.state() } satisfies QueueResponse;
    }),

    settings: answering(async (context) => {
      context.body = { data: await application().settingsPage.view() } satisfies SettingsResponse;
    }),
    updateSettings: answering(async (context) => {
      const body = parse(updateSettingsSchema, context.request.body);
      await application().settingsPage.update(body);
      context.body = { data: await application().settingsPage.view() } satisfies SettingsResponse;
    }),
  };
}
