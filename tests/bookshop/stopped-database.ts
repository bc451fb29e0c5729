import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { TEMPLATE_DATABASE } from './bookshop';

/** A folder with a database of the seeded bookshop, for a shop that is started later: `startBookshop({ folder })`. */
export async function prepareFolder(prepare: (database: Database.Database) => void): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bookshop-'));
  await cp(TEMPLATE_DATABASE, path.join(folder, 'bookshop.db'));
  inDatabase(folder, prepare);
  return folder;
}

/** Opens the SQLite file of a shop that does not run; one that was killed in the middle of a transaction is rolled back. */
export function inDatabase<Result>(folder: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(path.join(folder, 'bookshop.db'), { timeout: 10_000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/**
 * Lets the database itself note every change of a post's draft, in the transaction that makes it: what is rolled back is not
 * noted, what is committed is.
 */
export function noteWrites(database: Database.Database): void {
  database.exec(`
    create table written_posts (document_id text, locale text, meta_title text);
    create trigger note_written_posts after update on posts when new.published_at is null
    begin
      insert into written_posts values (new.document_id, new.locale, new.meta_title);
    end;
  `);
}

/** How often each post's draft was changed, by document id and locale. */
export function writesPerPost(folder: string): Map<string, number> {
  const rows = inDatabase(folder, (database) =>
    database
      .prepare<[], { post: string; writes: number }>(
        `select document_id || ' ' || locale as post, count(*) as writes from written_posts group by 1`
      )
      .all()
  );
  return new Map(rows.map(({ post, writes }) => [post, writes]));
}

/** Puts drafts without text on the shelf, straight into the table; gives their document ids. */
export function addPosts(database: Database.Database, count: number): string[] {
  const insert = database.prepare(
    `insert into posts (document_id, title, locale, created_at, updated_at) values (?, ?, 'en', ?, ?)`
  );
  const now = Date.now();
  const ids = Array.from({ length: count }, (_, index) => `many${String(index).padStart(20, '0')}`);
  database.transaction(() => {
    ids.forEach((id, index) => insert.run(id, `Post number ${index + 1}`, now, now));
  })();
  return ids;
}

/** A job's items by status, as they stand in the database, and the counts that its row shows. */
export function countsInDatabase(
  folder: string,
  jobId: string
): { items: Record<string, number>; counts: Record<string, number> } {
  return inDatabase(folder, (database) => {
    const job = database
      .prepare<[string], Record<string, number>>(`select * from ai_jobs_jobs where document_id = ?`)
      .get(jobId);
    const rows = database
      .prepare<[unknown], { status: string; total: number }>(
        'select status, count(*) as total from ai_jobs_items where job_id = ? group by status'
      )
      .all(job?.id);
    const items = Object.fromEntries(rows.map(({ status, total }) => [status, total]));
    const counts = Object.fromEntries(
      Object.entries(job ?? {}).flatMap(([column, value]) =>
        column.startsWith('count_') && value > 0 ? [[column.slice('count_'.length), value]] : []
      )
    );
    return { items, counts };
  });
}
