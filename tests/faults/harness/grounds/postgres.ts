import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { databaseEnvironment } from '../../../services/database-environment';
import { startPostgres } from '../../../services/postgres';
import { startProxy } from '../proxy';
import { seedGround } from './seed';
import { ENDS_TABLE, IS_END, WRITES_TABLE, type Ground } from './ground';

const NOTE_WRITES = `
  create table if not exists ${WRITES_TABLE} (document_id text, meta_title text, person integer);
  create or replace function note_write() returns trigger language plpgsql as $$
    begin insert into ${WRITES_TABLE} values (new.document_id, new.meta_title, new.updated_by_id); return null; end $$;
  drop trigger if exists note_writes on posts;
  create trigger note_writes after update on posts
    for each row when (new.published_at is null) execute function note_write();
  create table if not exists ${ENDS_TABLE} (item_id integer, was text, became text);
  create or replace function note_end() returns trigger language plpgsql as $$
    begin insert into ${ENDS_TABLE} values (new.id, old.status, new.status); return null; end $$;
  drop trigger if exists note_ends on ai_jobs_items;
  create trigger note_ends after update on ai_jobs_items
    for each row when (${IS_END}) execute function note_end();
`;

export async function createPostgresGround(): Promise<Ground> {
  const service = await startPostgres({ own: true });
  if (!service) throw new Error('There is no PostgreSQL on the PATH.');
  const connection = await service.createDatabase('bookshop');
  const proxy = await startProxy(connection.port);
  const folder = await mkdtemp(path.join(tmpdir(), 'faults-'));
  const pool = new Pool({ ...connection, max: 3, application_name: 'harness' });
  pool.on('error', () => undefined);
  const numbered = (sql: string): string => {
    let count = 0;
    return sql.replace(/\?/g, () => `$${(count += 1)}`);
  };
  const ground: Ground = {
    name: 'postgres',
    folder,
    environment: {
      ...databaseEnvironment('postgres', { ...connection, host: '127.0.0.1', port: proxy.port }),
    },
    proxy,
    rows: async <Row>(sql: string, values: unknown[] = []) =>
      (await pool.query(numbered(sql), values)).rows as Row[],
    run: async (sql, values = []) => void (await pool.query(numbered(sql), values)),
    async together(steps) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        for (const step of steps) {
          if ('until' in step) await step.until();
          else await client.query(numbered(step.sql), step.values);
        }
      } finally {
        await client.query('rollback').finally(() => client.release());
      }
    },
    noteWrites: async () => void (await pool.query(NOTE_WRITES)),
    time: (at) => at,
    endConnections: async () =>
      void (await pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name <> 'harness'`,
        [connection.database]
      )),
    async deadlocks() {
      const { rows } = await pool.query<{ deadlocks: string }>(
        'select deadlocks from pg_stat_database where datname = $1',
        [connection.database]
      );
      return Number(rows[0]?.deadlocks ?? 0);
    },
    isAnyoneWaiting: async () =>
      (await pool.query('select 1 from pg_locks where not granted')).rows.length > 0,
    async close() {
      await pool.end();
      await proxy.close();
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await seedGround(ground);
  await ground.noteWrites();
  return ground;
}
