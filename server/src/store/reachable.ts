import type { Core } from '@strapi/strapi';

/** How long the database is given to say anything; milliseconds. */
const ANSWERS_WITHIN_MS = 500;
/** A question that was not answered for so long is asked anew, on another connection; milliseconds. */
const ASK_AGAIN_AFTER_MS = 10_000;

/**
 * Tells within half a second whether the database answers. What counts is any answer to anybody: that all connections are in use
 * is no outage. SQLite is a file, and always there.
 */
export function createReachable(strapi: Core.Strapi): () => Promise<boolean> {
  if (String(strapi.db.dialect.client) === 'sqlite') return () => Promise.resolve(true);
  const { connection } = strapi.db;
  let answeredAt = -Infinity;
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

  return async () => {
    const since = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), ANSWERS_WITHIN_MS);
    });
    const answers = await Promise.race([ask(), silence]);
    clearTimeout(timer);
    return answers || answeredAt >= since;
  };
}
