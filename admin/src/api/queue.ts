import type { QueueResponse } from '../../../server/src/contracts';
import { aiJobsApi, type NoArguments } from './api';

const queueApi = aiJobsApi.injectEndpoints({
  endpoints: (build) => ({
    aiJobsGetQueue: build.query<QueueResponse, NoArguments>({
      query: () => '/ai-jobs/queue',
      providesTags: ['AiJobsQueue'],
    }),
  }),
});

export const { useAiJobsGetQueueQuery: useGetQueueQuery } = queueApi;
