import type {
  CheckPromptBody,
  CheckPromptResponse,
  ListPromptsQuery,
  ListPromptsResponse,
  PromptResponse,
  SavePromptBody,
} from '../../../server/src/contracts';
import { aiJobsApi } from './api';

const PROMPT_LIST = { type: 'AiJobsPrompt', id: 'LIST' } as const;

const promptsApi = aiJobsApi.injectEndpoints({
  endpoints: (build) => ({
    aiJobsListPrompts: build.query<ListPromptsResponse, Partial<ListPromptsQuery>>({
      query: (params) => ({ url: '/ai-jobs/prompts', config: { params } }),
      providesTags: [PROMPT_LIST],
    }),
    aiJobsGetPrompt: build.query<PromptResponse, string>({
      query: (id) => `/ai-jobs/prompts/${encodeURIComponent(id)}`,
      providesTags: (_result, _error, id) => [{ type: 'AiJobsPrompt', id }],
    }),
    aiJobsCreatePrompt: build.mutation<PromptResponse, SavePromptBody>({
      query: (data) => ({ url: '/ai-jobs/prompts', method: 'POST', data }),
      invalidatesTags: [PROMPT_LIST],
    }),
    aiJobsUpdatePrompt: build.mutation<PromptResponse, { id: string; body: SavePromptBody }>({
      query: ({ id, body }) => ({
        url: `/ai-jobs/prompts/${encodeURIComponent(id)}`,
        method: 'PUT',
        data: body,
      }),
      invalidatesTags: (_result, _error, { id }) => [PROMPT_LIST, { type: 'AiJobsPrompt', id }],
    }),
    aiJobsDeletePrompt: build.mutation<unknown, string>({
      query: (id) => ({ url: `/ai-jobs/prompts/${encodeURIComponent(id)}`, method: 'DELETE' }),
      invalidatesTags: [PROMPT_LIST],
    }),
    aiJobsCheckPrompt: build.mutation<CheckPromptResponse, CheckPromptBody>({
      query: (data) => ({ url: '/ai-jobs/prompts/check', method: 'POST', data }),
    }),
  }),
});

export const {
  useAiJobsListPromptsQuery: useListPromptsQuery,
  useAiJobsGetPromptQuery: useGetPromptQuery,
  useAiJobsCreatePromptMutation: useCreatePromptMutation,
  useAiJobsUpdatePromptMutation: useUpdatePromptMutation,
  useAiJobsDeletePromptMutation: useDeletePromptMutation,
  useAiJobsCheckPromptMutation: useCheckPromptMutation,
} = promptsApi;
