import type {
  ListModelsResponse,
  ListProvidersResponse,
  TestProviderResponse,
} from '../../../server/src/contracts';
import { aiJobsApi, type NoArguments } from './api';

const providersApi = aiJobsApi.injectEndpoints({
  endpoints: (build) => ({
    aiJobsListProviders: build.query<ListProvidersResponse, NoArguments>({
      query: () => '/ai-jobs/providers',
      providesTags: ['AiJobsProvider'],
    }),
    aiJobsTestProvider: build.mutation<TestProviderResponse, { name: string; body: { model?: string } }>({
      query: ({ name, body }) => ({
        url: `/ai-jobs/providers/${encodeURIComponent(name)}/test`,
        method: 'POST',
        data: body,
      }),
    }),
    aiJobsListModels: build.query<ListModelsResponse, string>({
      query: (name) => `/ai-jobs/providers/${encodeURIComponent(name)}/models`,
      providesTags: (_result, _error, name) => [{ type: 'AiJobsProvider', id: name }],
    }),
  }),
});

export const {
  useAiJobsListProvidersQuery: useListProvidersQuery,
  useAiJobsTestProviderMutation: useTestProviderMutation,
  useAiJobsListModelsQuery: useListModelsQuery,
} = providersApi;
