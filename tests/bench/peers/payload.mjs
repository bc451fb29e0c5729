import path from 'node:path';
import { sqliteAdapter } from '@payloadcms/db-sqlite';
import OpenAI from 'openai';
import { buildConfig, getPayload } from 'payload';

/**
 * The same work on Payload's jobs queue with its SQLite adapter: read an entry with its parent, ask the model, write the field.
 * Its order comes as JSON in the first argument: { step, folder, items, parallel, baseUrl }. `prepare` makes the tables and the
 * entries, which Payload does by itself in development only; `work` does the work and answers with one line of JSON: { ms, written }.
 */
const { step, folder, items, parallel, baseUrl } = JSON.parse(process.argv[2]);
/** So many entries are written once before, on both sides. */
const WARM_UP = 20;
const ai = new OpenAI({ apiKey: 'sk-bench', baseURL: baseUrl, maxRetries: 1 });

const config = await buildConfig({
  secret: 'bench',
  telemetry: false,
  db: sqliteAdapter({ client: { url: `file:${path.join(folder, 'bench.db')}` }, push: true }),
  collections: [
    { slug: 'chapters', fields: [{ name: 'name', type: 'text' }] },
    {
      slug: 'posts',
      versions: { drafts: true },
      fields: [
        { name: 'title', type: 'text', required: true },
        { name: 'body', type: 'textarea' },
        { name: 'metaTitle', type: 'text', maxLength: 70 },
        { name: 'chapter', type: 'relationship', relationTo: 'chapters' },
      ],
    },
  ],
  jobs: {
    deleteJobOnComplete: true,
    tasks: [
      {
        slug: 'write',
        retries: 2,
        inputSchema: [{ name: 'post', type: 'number', required: true }],
        handler: async ({ input, req }) => {
          const post = await req.payload.findByID({ collection: 'posts', id: input.post, depth: 1 });
          const answer = await ai.chat.completions.create({
            model: 'bench',
            messages: [
              { role: 'user', content: `Write a title for "${post.title}" of ${post.chapter?.name}.` },
            ],
          });
          const { metaTitle } = JSON.parse(answer.choices[0].message.content);
          await req.payload.update({ collection: 'posts', id: input.post, data: { metaTitle } });
          return { output: {} };
        },
      },
    ],
  },
});

async function prepare(payload) {
  const chapter = await payload.create({ collection: 'chapters', data: { name: 'Bread' } });
  for (let number = 0; number < items; number += 1) {
    await payload.create({
      collection: 'posts',
      data: {
        title: `Why bread rises ${number}`,
        body: 'Yeast eats sugar. '.repeat(60),
        chapter: chapter.id,
      },
    });
  }
}

/**
 * Enqueues all at once, then works on `parallel` at a time: who ends one begins the next. Batches of `jobs.run` would wait for
 * their slowest, and two at a time may take the same job, for they find their jobs first and mark them afterwards.
 */
async function writeAll(payload, ids) {
  const left = await Promise.all(ids.map((post) => payload.jobs.queue({ task: 'write', input: { post } })));
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (let job = left.shift(); job !== undefined; job = left.shift())
        await payload.jobs.runByID({ id: job.id, silent: true });
    })
  );
  // What has failed once waits to be tried again.
  for (;;) {
    const { noJobsRemaining } = await payload.jobs.run({ limit: parallel, silent: true });
    if (noJobsRemaining) return;
  }
}

async function work(payload) {
  const { docs } = await payload.find({ collection: 'posts', limit: items, depth: 0, select: {} });
  const ids = docs.map(({ id }) => id);
  await writeAll(payload, ids.slice(0, WARM_UP));
  const startedAt = performance.now();
  await writeAll(payload, ids);
  const ms = performance.now() - startedAt;
  const { totalDocs } = await payload.count({ collection: 'posts', where: { metaTitle: { exists: true } } });
  process.stdout.write(`\n${JSON.stringify({ ms, written: totalDocs })}\n`);
}

const payload = await getPayload({ config });
await (step === 'prepare' ? prepare(payload) : work(payload));
process.exit(0);
