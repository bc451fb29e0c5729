import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { TEMPLATE_DATABASE } from '../../../bookshop/bookshop';
import { ENDS_TABLE, IS_END, WRITES_TABLE, type Ground } from './ground';

const NOTE_WRITES = `
  create table if not exists ${WRITES_TABLE} (document_id text, meta_title text, person integer);
  drop trigger if exists note_writes;
  create trigger note_writes after update on posts when new.published_at is null
  begin
    insert into ${WRITES_TABLE} values (new.document_id, new.meta_title, new.updated_by_id);
  end;
  create table if not exists ${ENDS_TABLE} (item_id integer, was text, became text);
  drop trigger if exists note_ends;
  create trigger note_ends after update on ai_jobs_items when ${IS_END}
  begin
    insert into ${ENDS_TABLE} values (new.id, old.status, new.status);
  end;
`;

export async function createSqliteGround(): Promise<Ground> {
  const folder = await mkdtemp(path.join(tmpdir(), 'faults-'));
  const file = path.join(folder, 'bookshop.db');
  await cp(TEMPLATE_DATABASE, file);
  /** Opened for each look: a file that is held open would hide what a killed process has left. */
  const open = <Result>(work: (database: Database.Database) => Result): Promise<Result> => {
    const database = new Database(file, { timeout: 15_000 });
    try {
      return Promise.resolve(work(database));
    } finally {
      database.close();
    }
  };
  const ground: Ground = {
    name: 'sqlite',
    folder,
    environment: {},
    proxy: null,
    rows: <Row>(sql: string, values: unknown[] = []) =>
      open((database) => database.prepare(sql).all(...values) as Row[]),
    run: (sql, values = []) => open((database) => void database.prepare(sql).run(...values)),
    together: () =>
      Promise.reject(new Error('SQLite has one writer: there is nothing to wait for each other.')),
    noteWrites: () => open((database) => void database.exec(NOTE_WRITES)),
    time: (at) => at.getTime(),
    endConnections: () => Promise.resolve(),
    deadlocks: () => Promise.resolve(0),
    isAnyoneWaiting: () => Promise.resolve(false),
    close: () => rm(folder, { recursive: true, force: true }),
  };
  await ground.noteWrites();
  return ground;
}
