import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { fillReason, type ReasonParams } from '../../../server/src/contracts/reason';
import { getTranslation, useText } from './text';

interface ApiErrorShape {
  message: string;
  status?: number;
  details?: unknown;
}

function isApiError(error: unknown): error is ApiErrorShape {
  return (
    typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
  );
}

/** The single faults that a validation error lists, each with the path of the field it is about. */
export function validationFaults(error: unknown): { path: string; message: string }[] {
  if (!isApiError(error) || typeof error.details !== 'object' || error.details === null) return [];
  const errors: unknown = 'errors' in error.details ? error.details.errors : [];
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((fault: unknown) => {
    if (!isApiError(fault)) return [];
    const path: unknown = 'path' in fault ? fault.path : '';
    return [{ path: Array.isArray(path) ? path.join('.') : String(path), message: fault.message }];
  });
}

/** The reason that the server gives with an error, by its code, so that the reader's language can be found. */
function reasonOf(error: unknown): { code: string; params: ReasonParams } | null {
  if (!isApiError(error) || typeof error.details !== 'object' || error.details === null) return null;
  if (!('code' in error.details) || typeof error.details.code !== 'string') return null;
  const params: unknown = 'params' in error.details ? error.details.params : null;
  const known = typeof params === 'object' && params !== null ? Object.entries(params) : [];
  return {
    code: error.details.code,
    params: Object.fromEntries(known.map(([name, value]) => [name, String(value)])),
  };
}

/** What went wrong with a request, in a sentence for people. */
export function useErrorText(): (error: unknown) => string {
  const text = useText();
  const { messages } = useIntl();
  return useCallback(
    (error) => {
      const reason = reasonOf(error);
      const sentenceOf = (code: string) => {
        const sentence = messages[getTranslation(`reason.${code}`)];
        return typeof sentence === 'string' ? sentence : undefined;
      };
      const sentence = reason ? sentenceOf(reason.code) : undefined;
      if (reason && sentence !== undefined) return fillReason(sentence, reason.params, sentenceOf);
      const status = isApiError(error) ? error.status : undefined;
      if (status === 403 && isApiError(error) && error.message === 'Forbidden')
        return text('error.forbidden');
      if (status === undefined && isApiError(error) && /fetch|network/i.test(error.message)) {
        return text('error.unreachable');
      }
      return isApiError(error) && error.message !== '' ? error.message : text('error.unknown');
    },
    [messages, text]
  );
}
