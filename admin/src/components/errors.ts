import { useCallback } from 'react';
import { useSentenceOf } from './reason';
import { useText } from './text';
import { isApiError, wordError } from './wording';

/** What went wrong with a request, in a sentence for people, in their language. */
export function useErrorText(): (error: unknown) => string {
  const text = useText();
  const sentenceOf = useSentenceOf();
  return useCallback(
    (error) => {
      if (!isApiError(error)) return text('error.unknown');
      // Strapi's own words for a route that needs another permission, and for a fault of the server.
      if (error.status === 403 && error.message === 'Forbidden') return text('error.forbidden');
      if (error.status === 500 && error.message === 'Internal Server Error') return text('error.unknown');
      if (error.status === undefined && /fetch|network/i.test(error.message))
        return text('error.unreachable');
      return wordError(error, sentenceOf) || text('error.unknown');
    },
    [sentenceOf, text]
  );
}
