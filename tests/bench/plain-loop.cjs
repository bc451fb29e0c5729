const OpenAI = require('openai').default;

const POPULATE = {
  chapter: { populate: { book: { populate: { group: { populate: { category: true } } } } } },
};

/**
 * What a developer writes who has no plugin: read an entry with its parents, ask the model, write the field; `parallel`
 * entries at a time, nothing remembered.
 * @returns milliseconds, and how many entries were written
 */
async function runPlainLoop(app, { documentIds, parallel, baseUrl }) {
  // A connection that has been idle since an earlier loop may be closed just as it is used again.
  const ai = new OpenAI({ apiKey: 'sk-bench', baseURL: baseUrl, maxRetries: 1 });
  const posts = app.documents('api::post.post');
  const left = [...documentIds];
  let written = 0;
  const one = async (documentId) => {
    const post = await posts.findOne({ documentId, locale: 'en', status: 'draft', populate: POPULATE });
    const answer = await ai.chat.completions.create({
      model: 'bench',
      messages: [
        {
          role: 'user',
          content: `Write a title for "${post.title}" of ${post.chapter?.name ?? ''}, ${post.chapter?.book?.name ?? ''}.`,
        },
      ],
    });
    const { metaTitle } = JSON.parse(answer.choices[0].message.content);
    await posts.update({ documentId, locale: 'en', data: { metaTitle } });
    written += 1;
  };
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await one(next);
    })
  );
  return { ms: performance.now() - startedAt, written };
}

module.exports = { runPlainLoop };
