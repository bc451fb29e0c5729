const { createServer } = require('node:http');
const { createStrapi } = require('@strapi/strapi');
const { giveWay } = require('../../bin/give-way');
const { runPlainLoop } = require('./plain-loop.cjs');
const { makePosts } = require('./posts.cjs');
const { fillTables } = require('./tables.cjs');

/** Visitors may list posts. */
async function openToPublic(app) {
  const role = await app.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
  await app.db
    .query('plugin::users-permissions.permission')
    .create({ data: { action: 'api::post.post.find', role: role.id } });
  return null;
}

/** Whether a job has ended: one small query, where asking the plugin over HTTP costs the server as much as ten of them. */
async function hasEnded(app, { id }) {
  const row = await app.db.connection('ai_jobs_jobs').where({ document_id: id }).first('ended_at');
  return Boolean(row?.ended_at);
}

/** As `ai-jobs worker` is: loaded, not listening, behind others on the same machine. */
async function loadApart() {
  giveWay();
  const app = createStrapi({ appDir: process.cwd(), distDir: process.cwd(), serveAdminPanel: false });
  app.get('cron').start = () => app.get('cron');
  await app.load();
  return app;
}

async function startServer() {
  const app = createStrapi({ appDir: process.cwd(), distDir: process.cwd() });
  await app.start();
  return app;
}

/**
 * Strapi as `strapi start` starts it, or with BENCH_APART as a worker loads it, and beside it, on BENCH_CONTROL_PORT, a door for the bench: what is measured
 * against runs in the same process, on the same connection pool.
 */
async function main() {
  const app = await (process.env.BENCH_APART ? loadApart() : startServer());
  const doors = {
    '/posts': ({ count }) => makePosts(app, count),
    '/tables': (order) => fillTables(app, order),
    '/public': () => openToPublic(app),
    '/ended': (order) => hasEnded(app, order),
    '/plain-loop': (order) => runPlainLoop(app, order),
    '/memory': () => {
      global.gc?.();
      return process.memoryUsage();
    },
  };
  createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    try {
      const work = doors[request.url];
      if (!work) throw new Error(`There is no ${request.url}.`);
      const answer = await work(JSON.parse(Buffer.concat(chunks).toString() || '{}'));
      response.end(JSON.stringify(answer ?? null));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error.stack ?? error));
    }
  }).listen(Number(process.env.BENCH_CONTROL_PORT), '127.0.0.1');
}

main().catch((error) => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
});
