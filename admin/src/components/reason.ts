import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { Reason } from '../../../server/src/contracts/reason';
import { useSentences } from '../translations/sentences';
import { wordSaid, type SentenceOf } from './wording';

/** The sentences for the server's codes, of problems and of reasons, in the reader's language. */
export function useSentenceOf(): SentenceOf {
  const sentences = useSentences(useIntl().locale);
  return useCallback((code) => sentences?.[code], [sentences]);
}

/** A reason as a sentence in the reader's language, else in English as the server worded it. */
export function useReasonText(): (reason: Pick<Reason, 'code' | 'params' | 'message'>) => string {
  const sentenceOf = useSentenceOf();
  return useCallback((reason) => wordSaid(reason, sentenceOf), [sentenceOf]);
}
