import { PLUGIN_ID } from '../plugin-id';

/** The plugin's first page: all jobs. */
export const JOBS_PATH = `/plugins/${PLUGIN_ID}`;
export const NEW_JOB_PATH = `${JOBS_PATH}/jobs/new`;

/** The plugin's page among Strapi's settings. */
export const SETTINGS_PATH = `/settings/${PLUGIN_ID}`;

/** A job's own page. */
export function jobPath(id: string): string {
  return `${JOBS_PATH}/jobs/${encodeURIComponent(id)}`;
}

/** New job, filled in as the given job was. */
export function newJobFromPath(id: string): string {
  return `${NEW_JOB_PATH}?from=${encodeURIComponent(id)}`;
}

/** An entry in the Content Manager, in its language. */
export function entryPath(entry: {
  contentType: string;
  singleType: boolean;
  documentId: string;
  locale: string | null;
}): string {
  const place = entry.singleType
    ? `/content-manager/single-types/${entry.contentType}`
    : `/content-manager/collection-types/${entry.contentType}/${encodeURIComponent(entry.documentId)}`;
  return entry.locale === null ? place : `${place}?plugins[i18n][locale]=${encodeURIComponent(entry.locale)}`;
}
