import type { EntryItemsResponse } from '../../../server/src/contracts';
import { aiJobsApi } from './api';

/** One entry in one language. */
export interface EntryAddress {
  contentType: string;
  documentId: string;
  /** Null where the type has no languages. */
  locale: string | null;
}

/** What the Content Manager's own list answers with, as far as it is read here. */
export interface EntrySearchResponse {
  results: ListedEntry[];
}
type ListedEntry = { documentId: string } & Record<string, unknown>;

const entriesApi = aiJobsApi.enhanceEndpoints({ addTagTypes: ['AiJobsEntry', 'Document'] }).injectEndpoints({
  endpoints: (build) => ({
    aiJobsListEntryItems: build.query<EntryItemsResponse, EntryAddress>({
      query: ({ contentType, documentId, locale }) => ({
        url: `/ai-jobs/entries/${encodeURIComponent(contentType)}/${encodeURIComponent(documentId)}`,
        config: { params: locale ? { locale } : {} },
      }),
      providesTags: (_result, _error, { documentId }) => [{ type: 'AiJobsEntry', id: documentId }],
    }),
    aiJobsSearchEntries: build.query<
      EntrySearchResponse,
      { contentType: string; singleType: boolean; locale: string | null; search: string }
    >({
      query: ({ contentType, singleType, locale, search }) => ({
        url: `/content-manager/${singleType ? 'single-types' : 'collection-types'}/${contentType}`,
        config: {
          params: {
            ...(singleType ? {} : { page: 1, pageSize: 20, ...(search ? { _q: search } : {}) }),
            ...(locale ? { locale } : {}),
          },
        },
      }),
      transformResponse: (answer: EntrySearchResponse | { data: ListedEntry | null }) =>
        'results' in answer ? answer : { results: answer.data ? [answer.data] : [] },
      providesTags: (_result, _error, { contentType }) => [{ type: 'Document', id: `${contentType}_LIST` }],
    }),
    /** Asks nothing of the server: it makes the Content Manager read an entry again, so that its form shows it as it is now. */
    aiJobsRefreshEntry: build.mutation<null, EntryAddress>({
      queryFn: () => ({ data: null }),
      invalidatesTags: (_result, _error, { contentType, documentId }) => [
        { type: 'Document', id: `${contentType}_${documentId}` },
        { type: 'Document', id: contentType },
        { type: 'Document', id: `${contentType}_LIST` },
        { type: 'AiJobsEntry', id: documentId },
      ],
    }),
  }),
});

export const {
  useAiJobsListEntryItemsQuery: useListEntryItemsQuery,
  useAiJobsSearchEntriesQuery: useSearchEntriesQuery,
  useAiJobsRefreshEntryMutation: useRefreshEntryMutation,
} = entriesApi;
