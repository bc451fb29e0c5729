import { adminApi } from '@strapi/strapi/admin';

/**
 * Strapi's own RTK Query api with this plugin's tags. Each resource injects its endpoints here; their names begin
 * with `aiJobs`, because all plugins share one namespace.
 */
export const aiJobsApi = adminApi.enhanceEndpoints({
  addTagTypes: [
    'AiJobsJob',
    'AiJobsItem',
    'AiJobsContentType',
    'AiJobsPrompt',
    'AiJobsProvider',
    'AiJobsQueue',
    'AiJobsSettings',
  ],
});

/** The argument of a query that takes none, so that its hook is called with nothing. */
export type NoArguments = ReturnType<() => void>;
