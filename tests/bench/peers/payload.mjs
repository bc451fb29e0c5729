import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sqliteAdapter } from '@payloadcms/db-sqlite';
import OpenAI from 'openai';
import { buildConfig, getPayload } from 'payload';

/**
 * The same work on Payload's jobs queue with its SQLite adapter: read an entry with its parent, ask the model, write the field.
 * Its order comes as JSON in the first argument: { items, parallel, baseUrl }; its answer is one line of JSON: { ms, written }.
 */
const { items, parallel, baseUrl } = JSON.parse(process.argv[2]);
const folder = await mkdtemp(path.join(tmpdir(), 'bench-payload-'));
const ai = new OpenAI({ apiKey: 'sk-bench', baseURL: baseUrl, maxRetries: 0 });

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

try {
  const payload = await getPayload({ config });
  const chapter = await payload.create({ collection: 'chapters', data: { name: 'Bread' } });
  const ids = [];
  for (let number = 0; number < items; number += 1) {
    const post = await payload.create({
      collection: 'posts',
      data: {
        title: `Why bread rises ${number}`,
        body: 'Yeast eats sugar. '.repeat(60),
        chapter: chapter.id,
      },
    });
    ids.push(post.id);
  }
  const startedAt = performance.now();
  for (const id of ids) await payload.jobs.queue({ task: 'write', input: { post: id } });
  for (;;) {
    const { noJobsRemaining } = await payload.jobs.run({ limit: parallel, silent: true });
    if (noJobsRemaining) break;
  }
  const ms = performance.now() - startedAt;
  const { totalDocs } = await payload.count({ collection: 'posts', where: { metaTitle: { exists: true } } });
  process.stdout.write(`\n${JSON.stringify({ ms, written: totalDocs })}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
