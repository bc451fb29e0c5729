import type { ListContentTypesResponse, ListJobTypesResponse } from '../../../server/src/contracts';
import { aiJobsApi, type NoArguments } from './api';

const contentTypesApi = aiJobsApi.injectEndpoints({
  endpoints: (build) => ({
    aiJobsListContentTypes: build.query<ListContentTypesResponse, NoArguments>({
      query: () => '/ai-jobs/content-types',
      providesTags: ['AiJobsContentType'],
    }),
    aiJobsListJobTypes: build.query<ListJobTypesResponse, NoArguments>({
      query: () => '/ai-jobs/job-types',
    }),
  }),
});

export const {
  useAiJobsListContentTypesQuery: useListContentTypesQuery,
  useAiJobsListJobTypesQuery: useListJobTypesQuery,
} = contentTypesApi;
