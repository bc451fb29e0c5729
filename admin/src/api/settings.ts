import type { SettingsResponse, UpdateSettingsBody } from '../../../server/src/contracts';
import { aiJobsApi, type NoArguments } from './api';

const settingsApi = aiJobsApi.injectEndpoints({
  endpoints: (build) => ({
    aiJobsGetSettings: build.query<SettingsResponse, NoArguments>({
      query: () => '/ai-jobs/settings',
      providesTags: ['AiJobsSettings'],
    }),
    aiJobsUpdateSettings: build.mutation<SettingsResponse, UpdateSettingsBody>({
      query: (data) => ({ url: '/ai-jobs/settings', method: 'PUT', data }),
      invalidatesTags: ['AiJobsSettings', 'AiJobsProvider'],
    }),
  }),
});

export const {
  useAiJobsGetSettingsQuery: useGetSettingsQuery,
  useAiJobsUpdateSettingsMutation: useUpdateSettingsMutation,
} = settingsApi;
