import { errors } from '@strapi/utils';
import type { Context, Next } from 'koa';
import { reasonSentence } from '../contracts/reason';
import { PLUGIN_ID } from '../plugin-id';
import { refuse } from './answer';

/** How long a request may take before the database is asked whether it is there; milliseconds. */
const PATIENCE_MS = 800;
const AWAY = Symbol('the database is away');

const isOurs = ({ path }: Context): boolean => path.startsWith(`/${PLUGIN_ID}/`);

/** Strapi knows what to say to these. */
const isAnAnswer = (error: unknown): boolean =>
  error instanceof errors.ApplicationError || error instanceof errors.HttpError;

/** Waits, unless the request has ended, or until it ends. */
const pause = (milliseconds: number, ended: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (ended.aborted) return resolve();
    const stop = (): void => {
      clearTimeout(timer);
      ended.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(stop, milliseconds).unref();
    ended.addEventListener('abort', stop);
  });

/**
 * Around every request to the plugin: while the database is away, even Strapi cannot tell who asks. Says so within two seconds,
 * where Strapi would speak of an internal error, or wait for as long as the database is silent.
 * @param isReachable whether the database answers; tells it within half a second
 * @param isOfConnection whether an error says that the connection is gone
 */
export function withoutDatabase(
  isReachable: () => Promise<boolean>,
  isOfConnection: (error: unknown) => boolean
) {
  const outage = async (ended: AbortSignal): Promise<typeof AWAY | null> => {
    while (!ended.aborted) {
      await pause(PATIENCE_MS, ended);
      if (!ended.aborted && !(await isReachable())) return AWAY;
    }
    return null;
  };

  return async (context: Context, next: Next): Promise<void> => {
    if (!isOurs(context)) return next();
    const ended = new AbortController();
    const work: Promise<unknown> = next();
    try {
      if ((await Promise.race([work, outage(ended.signal)])) !== AWAY) return;
      // It may still end, after its connection has: nobody listens any more.
      work.catch(() => undefined);
    } catch (error) {
      // A connection may have been cut off though the database answers on others.
      if (isAnAnswer(error) || (!isOfConnection(error) && (await isReachable()))) throw error;
    } finally {
      ended.abort();
    }
    const reason = { code: 'database_away', params: {} } as const;
    refuse(context, 503, 'ServiceUnavailableError', reasonSentence(reason), reason);
  };
}
