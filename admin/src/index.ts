import { Sparkle } from '@strapi/icons';
import type { PluginDefinition, StrapiApp } from '@strapi/strapi/admin';
import { getTranslation } from './components/text';
import { registerContentManager } from './content-manager/register';
import { PERMISSIONS, SEE_ANYTHING } from './permissions';
import { PLUGIN_ID } from './plugin-id';
import { currentSession, onSession } from './tray/session';
import { SessionBridge } from './tray/SessionBridge';
import { loadTranslations } from './translations/load';

const NAME = { id: getTranslation('plugin.name'), defaultMessage: 'AI Jobs' };

/** Loads the tray once somebody is signed in who may see jobs. */
function mountTrayWhenNeeded(app: StrapiApp): void {
  const stopListening = onSession(() => {
    if (!currentSession()?.mayRead) return;
    stopListening();
    void import('./tray/mount').then(({ mountTray }) => mountTray(app));
  });
}

let registeredApp: StrapiApp | null = null;

/** What the plugin adds to the admin panel. */
const plugin: PluginDefinition = {
  register(app) {
    registeredApp = app;
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: Sparkle,
      intlLabel: NAME,
      permissions: SEE_ANYTHING,
      Component: () => import('./pages/App').then((module) => ({ default: module.App })),
    });
    app.addSettingsLink('global', {
      id: PLUGIN_ID,
      to: PLUGIN_ID,
      intlLabel: NAME,
      permissions: PERMISSIONS.settingsRead,
      Component: () => import('./pages/Settings').then((module) => ({ default: module.SettingsPage })),
    });
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID, initializer: SessionBridge, isReady: false });
  },

  bootstrap() {
    // Strapi hands bootstrap no store and no translations, which the tray needs.
    if (registeredApp === null) return;
    registerContentManager(registeredApp);
    mountTrayWhenNeeded(registeredApp);
  },

  registerTrads: ({ locales }) =>
    Promise.all(locales.map(async (locale) => ({ locale, data: await loadTranslations(locale) }))),
};

export default plugin;
