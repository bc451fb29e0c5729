import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { fillReason, type Reason } from '../../../server/src/contracts/reason';
import { getTranslation } from './text';

/** A reason as a sentence in the reader's language, else in English as the server worded it. */
export function useReasonText(): (reason: Pick<Reason, 'code' | 'params' | 'message'>) => string {
  const { messages } = useIntl();
  return useCallback(
    (reason) => {
      const sentenceOf = (code: string) => {
        const sentence = messages[getTranslation(`reason.${code}`)];
        return typeof sentence === 'string' ? sentence : undefined;
      };
      const sentence = sentenceOf(reason.code);
      return sentence === undefined ? reason.message : fillReason(sentence, reason.params, sentenceOf);
    },
    [messages]
  );
}
