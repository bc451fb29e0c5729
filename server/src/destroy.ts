import { runningNow, setRunning } from './running';

/** Strapi stops: what is in hand may end, nothing new begins. */
export async function destroy(): Promise<void> {
  await runningNow()?.close();
  setRunning(null);
}
