import type {
  CleanJobsResponse,
  CreateJobBody,
  ItemResponse,
  JobAction,
  JobChangedResponse,
  JobResponse,
  ListItemsQuery,
  ListItemsResponse,
  ListJobsQuery,
  ListJobsResponse,
  SampleResponse,
  Selection,
  SelectionCountResponse,
} from '../../../server/src/contracts';
import { aiJobsApi } from './api';
import { announceJobChange } from './job-changes';

/** What a job can be asked to do by `POST /ai-jobs/jobs/:id/<action>`. */
export type PostedJobAction = Exclude<JobAction, 'delete'>;

export interface JobActionArguments {
  id: string;
  action: PostedJobAction;
  /** For `retry`: `{ errorCode }` retries only what failed with it. */
  body?: Record<string, unknown>;
}

export interface ItemArguments {
  jobId: string;
  itemId: number;
}

/** Lets the corner notice know at once; a failed request changes nothing. */
const announceWhenDone = async (
  _argument: unknown,
  { queryFulfilled }: { queryFulfilled: Promise<unknown> }
) => {
  await queryFulfilled.then(announceJobChange, () => undefined);
};

const JOB_LIST = { type: 'AiJobsJob', id: 'LIST' } as const;

const jobsApi = aiJobsApi.injectEndpoints({
  endpoints: (build) => ({
    aiJobsListJobs: build.query<ListJobsResponse, Partial<ListJobsQuery>>({
      query: ({ status, ...rest }) => ({
        url: '/ai-jobs/jobs',
        config: { params: { ...rest, ...(status?.length ? { status: status.join(',') } : {}) } },
      }),
      providesTags: (result) => [
        JOB_LIST,
        ...(result?.data ?? []).map(({ id }) => ({ type: 'AiJobsJob' as const, id })),
      ],
    }),
    aiJobsGetJob: build.query<JobResponse, string>({
      query: (id) => `/ai-jobs/jobs/${encodeURIComponent(id)}`,
      providesTags: (_result, _error, id) => [{ type: 'AiJobsJob', id }],
    }),
    aiJobsListItems: build.query<ListItemsResponse, Partial<ListItemsQuery> & { jobId: string }>({
      query: ({ jobId, status, ...rest }) => ({
        url: `/ai-jobs/jobs/${encodeURIComponent(jobId)}/items`,
        config: { params: { ...rest, ...(status?.length ? { status: status.join(',') } : {}) } },
      }),
      providesTags: (_result, _error, { jobId }) => [{ type: 'AiJobsItem', id: jobId }],
    }),
    aiJobsGetItem: build.query<ItemResponse, ItemArguments>({
      query: ({ jobId, itemId }) => `/ai-jobs/jobs/${encodeURIComponent(jobId)}/items/${itemId}`,
      providesTags: (_result, _error, { jobId }) => [{ type: 'AiJobsItem', id: jobId }],
    }),
    aiJobsCreateJob: build.mutation<JobChangedResponse, CreateJobBody>({
      query: (data) => ({ url: '/ai-jobs/jobs', method: 'POST', data }),
      onQueryStarted: announceWhenDone,
      invalidatesTags: [JOB_LIST],
    }),
    aiJobsSampleJob: build.mutation<SampleResponse, CreateJobBody>({
      query: (data) => ({ url: '/ai-jobs/jobs/sample', method: 'POST', data }),
    }),
    aiJobsCountSelection: build.mutation<SelectionCountResponse, { selection: Selection; fields?: string[] }>(
      {
        query: (data) => ({ url: '/ai-jobs/selection/count', method: 'POST', data }),
      }
    ),
    aiJobsJobAction: build.mutation<JobChangedResponse, JobActionArguments>({
      query: ({ id, action, body }) => ({
        url: `/ai-jobs/jobs/${encodeURIComponent(id)}/${action}`,
        method: 'POST',
        data: body ?? {},
      }),
      onQueryStarted: announceWhenDone,
      invalidatesTags: (_result, _error, { id }) => [
        JOB_LIST,
        { type: 'AiJobsJob', id },
        { type: 'AiJobsItem', id },
      ],
    }),
    aiJobsItemAction: build.mutation<JobChangedResponse, ItemArguments & { action: 'retry' | 'undo' }>({
      query: ({ jobId, itemId, action }) => ({
        url: `/ai-jobs/jobs/${encodeURIComponent(jobId)}/items/${itemId}/${action}`,
        method: 'POST',
        data: {},
      }),
      onQueryStarted: announceWhenDone,
      invalidatesTags: (_result, _error, { jobId }) => [
        JOB_LIST,
        { type: 'AiJobsJob', id: jobId },
        { type: 'AiJobsItem', id: jobId },
      ],
    }),
    aiJobsDeleteJob: build.mutation<unknown, string>({
      query: (id) => ({ url: `/ai-jobs/jobs/${encodeURIComponent(id)}`, method: 'DELETE' }),
      invalidatesTags: [JOB_LIST],
    }),
    aiJobsCleanJobs: build.mutation<CleanJobsResponse, { olderThanDays: number }>({
      query: (data) => ({ url: '/ai-jobs/jobs/clean', method: 'POST', data }),
      invalidatesTags: [JOB_LIST],
    }),
  }),
});

export const {
  useAiJobsListJobsQuery: useListJobsQuery,
  useAiJobsGetJobQuery: useGetJobQuery,
  useAiJobsListItemsQuery: useListItemsQuery,
  useAiJobsGetItemQuery: useGetItemQuery,
  useAiJobsCreateJobMutation: useCreateJobMutation,
  useAiJobsSampleJobMutation: useSampleJobMutation,
  useAiJobsCountSelectionMutation: useCountSelectionMutation,
  useAiJobsJobActionMutation: useJobActionMutation,
  useAiJobsItemActionMutation: useItemActionMutation,
  useAiJobsDeleteJobMutation: useDeleteJobMutation,
  useAiJobsCleanJobsMutation: useCleanJobsMutation,
} = jobsApi;
