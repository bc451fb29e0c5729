import type { Core } from '@strapi/strapi';

/** How long the database is given to say anything; milliseconds. */
const ANSWERS_WITHIN_MS = 500;
/** A question that was not answered for so long is asked anew, on another connection; milliseconds. */
const ASK_AGAIN_AFTER_MS = 10_000;

export interface Reachable {
  /**
   * Tells within half a second whether the database answers. What counts is any answer to anybody: that all connections are in use
   * is no outage. SQLite is a file, and always there.
   */
  isReachable(): Promise<boolean>;
  /** Whether it does not answer, or was last found not to within so many milliseconds. */
  wasAway(withinMs: number): Promise<boolean>;
}

/** Watches whether the database answers. */
export function createReachable(strapi: Core.Strapi): Reachable {
  if (String(strapi.db.dialect.client) === 'sqlite')
    return { isReachable: () => Promise.resolve(true), wasAway: () => Promise.resolve(false) };
  const { connection } = strapi.db;
  let answeredAt = -Infinity;
  let awayAt = -Infinity;
  connection.on('query-response', () => {
    answeredAt = performance.now();
  });
  let asked: { at: number; answer: Promise<boolean> } | null = null;

  const ask = (): Promise<boolean> => {
    const now = performance.now();
    if (asked && now - asked.at < ASK_AGAIN_AFTER_MS) return asked.answer;
    const question = {
      at: now,
      answer: Promise.resolve(connection.raw('select 1')).then(
        () => true,
        () => false
      ),
    };
    asked = question;
    void question.answer.then(() => {
      if (asked === question) asked = null;
    });
    return question.answer;
  };

  const isReachable = async (): Promise<boolean> => {
    const since = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), ANSWERS_WITHIN_MS);
    });
    const answers = await Promise.race([ask(), silence]);
    clearTimeout(timer);
    // Where this process itself was held up, the answer may lie there unread.
    if (!answers) await new Promise((resolve) => setImmediate(resolve));
    if (answers || answeredAt >= since) return true;
    awayAt = performance.now();
    return false;
  };
  return {
    isReachable,
    wasAway: async (withinMs) => !(await isReachable()) || performance.now() - awayAt <= withinMs,
  };
}
