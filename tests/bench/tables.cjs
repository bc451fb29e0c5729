const CHUNK = 400;
const STATUSES = ['completed', 'completed', 'completed', 'completed', 'failed', 'skipped'];

/**
 * Ended jobs and items as a busy project has after a year: half of the items in the biggest job, the rest spread evenly.
 * @returns the public id of the biggest job
 */
async function fillTables(app, { jobs, items }) {
  const knex = app.db.connection;
  const now = Date.now();
  const publicId = (number) => `benchjob${String(number).padStart(16, '0')}`;
  const perJob = (number) => (number === 0 ? Math.floor(items / 2) : Math.floor(items / 2 / (jobs - 1)));
  const jobRows = Array.from({ length: jobs }, (_, number) => ({
    document_id: publicId(number),
    title: `Meta titles ${number}`,
    type: 'fill-fields',
    queue: 'content',
    status: number % 7 === 3 ? 'failed' : 'completed',
    priority: 'normal',
    content_type: 'api::post.post',
    provider: 'openai',
    settings: JSON.stringify({
      provider: 'openai',
      model: 'bench',
      prompt: 'x',
      mode: 'apply',
      outputs: [{ field: 'metaTitle' }],
    }),
    selection: JSON.stringify({ contentType: 'api::post.post', locale: 'en' }),
    listed: true,
    count_completed: Math.ceil((perJob(number) * 4) / 6),
    count_failed: Math.floor(perJob(number) / 6),
    count_skipped: Math.floor(perJob(number) / 6),
    created_at: new Date(now - number * 60_000),
    updated_at: new Date(now - number * 60_000),
    started_at: new Date(now - number * 60_000),
    ended_at: new Date(now - number * 60_000 + 30_000),
  }));
  const columns = new Set(Object.keys(await knex('ai_jobs_jobs').columnInfo()));
  const known = (row) => Object.fromEntries(Object.entries(row).filter(([name]) => columns.has(name)));
  await knex.batchInsert('ai_jobs_jobs', jobRows.map(known), 20);
  const keys = new Map(
    (await knex('ai_jobs_jobs').where('document_id', 'like', 'benchjob%').select('id', 'document_id')).map(
      (row) => [row.document_id, row.id]
    )
  );
  for (let number = 0; number < jobs; number += 1) {
    const key = keys.get(publicId(number));
    for (let start = 0; start < perJob(number); start += CHUNK * 25) {
      const rows = Array.from({ length: Math.min(CHUNK * 25, perJob(number) - start) }, (_, offset) => {
        const position = start + offset;
        return {
          job_id: key,
          position,
          content_type: 'api::post.post',
          entry_document_id: `bench${String(position).padStart(19, '0')}`,
          entry_locale: 'en',
          label: `Why bread rises ${position}`,
          status: STATUSES[position % STATUSES.length],
          error_code: STATUSES[position % STATUSES.length] === 'failed' ? `error_${position % 5}` : null,
          // The biggest one has been taken back: nothing of it stands.
          applied_at: STATUSES[position % STATUSES.length] === 'completed' ? now : null,
          undone_at: STATUSES[position % STATUSES.length] === 'completed' && number === 0 ? now : null,
          field_values: JSON.stringify({
            metaTitle: { before: null, proposed: 'A title', written: 'A title' },
          }),
          ended_at: now - number * 60_000,
          started_at: now - number * 60_000,
        };
      });
      await knex.transaction((transaction) => transaction.batchInsert('ai_jobs_items', rows, CHUNK));
    }
  }
  // SQLite gets no statistics: nobody gathers them in a project. PostgreSQL gathers them itself, though later.
  if (app.db.dialect.client !== 'sqlite') await knex.raw('analyze');
  return { biggest: publicId(0) };
}

module.exports = { fillTables };
