import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPool } from 'mysql2/promise';
import { databaseEnvironment } from '../../../services/database-environment';
import { startMariadb } from '../../../services/mariadb';
import { startProxy } from '../proxy';
import { seedGround } from './seed';
import { ENDS_TABLE, IS_END, WRITES_TABLE, type Ground } from './ground';

const NOTE_WRITES = [
  `create table if not exists ${WRITES_TABLE} (document_id text, meta_title text, person integer)`,
  'drop trigger if exists note_writes',
  `create trigger note_writes after update on posts for each row
     insert into ${WRITES_TABLE} select new.document_id, new.meta_title, new.updated_by_id where new.published_at is null`,
  `create table if not exists ${ENDS_TABLE} (item_id integer, was text, became text)`,
  'drop trigger if exists note_ends',
  `create trigger note_ends after update on ai_jobs_items for each row
     insert into ${ENDS_TABLE} select new.id, old.status, new.status where ${IS_END}`,
];

export async function createMariadbGround(): Promise<Ground> {
  const service = await startMariadb({ own: true });
  if (!service) throw new Error('There is no mariadbd on the PATH.');
  const connection = await service.createDatabase('bookshop');
  const proxy = await startProxy(connection.port);
  const folder = await mkdtemp(path.join(tmpdir(), 'faults-'));
  const pool = createPool({ ...connection, connectionLimit: 3 });
  const query = async (sql: string, values: unknown[] = []): Promise<unknown> =>
    (await pool.query(sql, values))[0];
  const ground: Ground = {
    name: 'mariadb',
    folder,
    environment: {
      ...databaseEnvironment('mysql', { ...connection, host: '127.0.0.1', port: proxy.port }),
    },
    proxy,
    rows: async <Row>(sql: string, values: unknown[] = []) => (await query(sql, values)) as Row[],
    run: async (sql, values = []) => void (await query(sql, values)),
    async together(steps) {
      const client = await pool.getConnection();
      try {
        await client.query('begin');
        for (const step of steps) {
          if ('until' in step) await step.until();
          else await client.query(step.sql, step.values);
        }
      } finally {
        await client.query('rollback').finally(() => client.release());
      }
    },
    async noteWrites() {
      for (const statement of NOTE_WRITES) await pool.query(statement);
    },
    time: (at) => at,
    async endConnections() {
      // Strapi's come through the proxy; the harness has its own.
      proxy.cut();
      await Promise.resolve();
    },
    async deadlocks() {
      const rows = (await query(`show global status like 'Innodb_deadlocks'`)) as { Value: string }[];
      return Number(rows[0]?.Value ?? 0);
    },
    isAnyoneWaiting: async () =>
      ((await query('select 1 from information_schema.innodb_lock_waits')) as unknown[]).length > 0,
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
