import { useCallback } from 'react';
import { useText } from './text';

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

/** What went wrong with a request, in a sentence for people. */
export function useErrorText(): (error: unknown) => string {
  const text = useText();
  return useCallback(
    (error) => {
      const status = isApiError(error) ? error.status : undefined;
      if (status === 403 && isApiError(error) && error.message === 'Forbidden')
        return text('error.forbidden');
      if (status === undefined && isApiError(error) && /fetch|network/i.test(error.message)) {
        return text('error.unreachable');
      }
      return isApiError(error) && error.message !== '' ? error.message : text('error.unknown');
    },
    [text]
  );
}
