import { useEffect, useState } from 'react';

/** True while this browser tab can be seen. */
export function usePageVisible(): boolean {
  const [visible, setVisible] = useState(() => !document.hidden);
  useEffect(() => {
    const update = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);
  return visible;
}

const RUNNING_MS = 2_000;
const RESTING_MS = 15_000;

/**
 * How often to ask again, in milliseconds, as RTK Query's `pollingInterval`: every 2 s while something runs, every
 * 15 s otherwise, never while the tab is hidden.
 */
export function usePollingInterval(running: boolean): number {
  const visible = usePageVisible();
  if (!visible) return 0;
  return running ? RUNNING_MS : RESTING_MS;
}
