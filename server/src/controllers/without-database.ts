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

/**
 * Around every request to the plugin: while the database is away, even Strapi cannot tell who asks. Says so within two seconds,
 * where Strapi would speak of an internal error, or wait for as long as the database is silent.
 * @param isReachable whether the database answers; tells it within half a second
 */
export function withoutDatabase(isReachable: () => Promise<boolean>) {
  const outage = async (ended: AbortSignal): Promise<typeof AWAY> => {
    for (;;) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE_MS);
        ended.addEventListener('abort', () => clearTimeout(timer), { once: true });
      });
      if (!(await isReachable())) return AWAY;
    }
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
      if (isAnAnswer(error) || (await isReachable())) throw error;
    } finally {
      ended.abort();
    }
    const reason = { code: 'database_away', params: {} } as const;
    refuse(context, 503, 'ServiceUnavailableError', reasonSentence(reason), reason);
  };
}
