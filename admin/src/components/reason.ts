import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { fillSentence, type Reason } from '../../../server/src/contracts/reason';
import { getTranslation } from './text';

/** A reason as a sentence in the reader's language, else in English as the server worded it. */
export function useReasonText(): (reason: Pick<Reason, 'code' | 'params' | 'message'>) => string {
  const { messages } = useIntl();
  return useCallback(
    (reason) => {
      const sentence = messages[getTranslation(`reason.${reason.code}`)];
      return typeof sentence === 'string' ? fillSentence(sentence, reason.params) : reason.message;
    },
    [messages]
  );
}
