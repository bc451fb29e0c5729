import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { Reason } from '../../../server/src/contracts/reason';
import { getTranslation } from './text';
import { wordSaid, type SentenceOf } from './wording';

/** The sentences for the server's codes, of problems and of reasons, in the reader's language. */
export function useSentenceOf(): SentenceOf {
  const { messages } = useIntl();
  return useCallback(
    (code) => {
      const sentence =
        messages[getTranslation(`problem.${code}`)] ?? messages[getTranslation(`reason.${code}`)];
      return typeof sentence === 'string' ? sentence : undefined;
    },
    [messages]
  );
}

/** A reason as a sentence in the reader's language, else in English as the server worded it. */
export function useReasonText(): (reason: Pick<Reason, 'code' | 'params' | 'message'>) => string {
  const sentenceOf = useSentenceOf();
  return useCallback((reason) => wordSaid(reason, sentenceOf), [sentenceOf]);
}
