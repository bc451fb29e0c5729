import { useCallback } from 'react';
import type { JobView } from '../../../server/src/contracts';
import { useText } from '../components/text';

/** How a job ended, in a few words: `84 written, 1 failed`. */
export function useEndWords(): (job: JobView) => string {
  const text = useText();
  return useCallback(
    ({ type, counts }) => {
      const left = counts.skipped + counts.conflict;
      return [
        text(type === 'fill-fields' ? 'tray.written' : 'tray.done', {
          count: counts.completed + counts.review,
        }),
        left > 0 ? text('tray.leftAlone', { count: left }) : null,
        counts.failed > 0 ? text('tray.failed', { count: counts.failed }) : null,
      ]
        .filter((part) => part !== null)
        .join(', ');
    },
    [text]
  );
}
