import type { StrapiApp } from '@strapi/strapi/admin';
import { useBulkAction } from './bulk-action';
import { useEntryAction } from './entry-action';
import { useEntryPanel } from './entry-panel';
import { GenerateForAllButton } from './GenerateForAllButton';
import { contentManagerOf } from './strapi-content-manager';

/** Adds the plugin's ways in to the Content Manager: for selected rows, for all that match, for one entry. */
export function registerContentManager(app: Pick<StrapiApp, 'getPlugin'>): void {
  const contentManager = contentManagerOf(app);
  contentManager.apis.addBulkAction([useBulkAction]);
  contentManager.apis.addDocumentAction([useEntryAction]);
  contentManager.apis.addEditViewSidePanel([useEntryPanel]);
  contentManager.injectComponent('listView', 'actions', {
    name: 'ai-jobs-generate-for-all',
    Component: GenerateForAllButton,
  });
}
