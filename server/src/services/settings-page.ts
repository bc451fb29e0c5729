import type { Core } from '@strapi/strapi';
import { unknownName } from '../contracts/problem';
import type { SettingsView, UpdateSettingsBody } from '../contracts/settings';
import { InvalidInputError } from '../domain/invalid-input';
import { nearest } from '../domain/nearest';
import type { JobType, RunLimits } from '../job-types/job-type';
import type { JobTypeRegistry } from '../job-types/registry';
import type { Engine } from './engine';
import type { ProviderService } from './providers';
import type { SettingsService } from './settings';

export type SettingsPage = ReturnType<typeof createSettingsPage>;

/** The Settings page: everything that is in force, and changing it. */
export function createSettingsPage(
  strapi: Core.Strapi,
  parts: {
    settings: SettingsService;
    providers: ProviderService;
    jobTypes: JobTypeRegistry;
    limitsOf: (type: JobType) => RunLimits;
    engine: Engine;
  }
) {
  const { settings, providers, jobTypes, limitsOf, engine } = parts;

  /** Strapi's own AI translates each written entry into all other languages where it is on. */
  const aiTranslationActive = async (): Promise<boolean> => {
    const stored = (await strapi.store({ type: 'plugin', name: 'i18n' }).get({ key: 'settings' })) as {
      aiLocalizations?: boolean;
    } | null;
    return stored?.aiLocalizations === true;
  };

  return {
    async view(): Promise<SettingsView> {
      const stored = await settings.read();
      const type = jobTypes.get('fill-fields');
      const limits = type
        ? limitsOf(type)
        : { concurrency: 0, attempts: 0, timeoutSeconds: 0, backoffSeconds: [] };
      return {
        providers: await providers.list(),
        defaults: await settings.defaults(),
        systemMessages: stored.systemMessages,
        limits: { ...limits, backoffSeconds: [...limits.backoffSeconds] },
        retention: { deleteJobsAfterDays: stored.retention.deleteJobsAfterDays ?? null },
        canStoreKeys: settings.canStoreKeys(),
        aiTranslationActive: await aiTranslationActive(),
      };
    },

    /** @throws InvalidInputError */
    async update(change: UpdateSettingsBody): Promise<void> {
      const known = providers.names().map(({ name }) => name);
      const named = [
        ...Object.keys(change.providers ?? {}).map((name) => ({ path: ['providers', name], name })),
        ...(change.defaults?.provider
          ? [{ path: ['defaults', 'provider'], name: change.defaults.provider }]
          : []),
      ];
      const unknown = named.filter(({ name }) => !known.includes(name));
      if (unknown.length > 0) {
        throw new InvalidInputError(
          unknown.map(({ path, name }) => ({
            path,
            ...unknownName('no_provider', { provider: name }, nearest(name, known)),
          }))
        );
      }
      await settings.update(change);
      await settings.read();
      engine.applySettings();
    },
  };
}
