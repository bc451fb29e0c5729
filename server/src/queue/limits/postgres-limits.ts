import { randomUUID } from 'node:crypto';
import type { PgPool, PgQueryable } from 'bullmq';
import { keepSlots } from './kept-slots';
import { createLimits, type ConnectedLimits, type SlotStore } from './limit-store';
import { createMinuteRate, RATE_WINDOW } from './minute-rate';

/** By the database's own clock, so that hosts need not agree; epoch milliseconds. */
const NOW_MS = '(extract(epoch from now()) * 1000)::bigint';

/** How often a slot is tried that another process took between looking and taking. */
const SLOT_TRIES = 5;

/** Any number, the same in every process: only one of them makes the tables. */
const TABLES_LOCK = 0x616a6c;

/**
 * Makes the tables of the limits in a schema that exists.
 * @param schema a valid, unquoted name.
 */
export async function createLimitTables(client: PgQueryable, schema: string): Promise<void> {
  // Without parameters, so that all of it is one message and so one transaction.
  await client.query(`
    select pg_advisory_xact_lock(${TABLES_LOCK});
    create table if not exists "${schema}".limit_block (provider text primary key, until_ms bigint not null);
    create table if not exists "${schema}".limit_slot (
      provider text, slot integer, holder text not null, expires_at timestamptz not null, primary key (provider, slot));
    create table if not exists "${schema}".limit_rate (
      key varchar(255) primary key, points integer not null default 0, expire bigint)`);
}

/**
 * Limits shared by all processes on one PostgreSQL; needs `createLimitTables`.
 * @param schema a valid, unquoted name.
 */
export function createPostgresLimits(pool: PgPool, schema: string): ConnectedLimits {
  // Slots are numbered rows, and the primary key decides who gets one: a holder takes a number that nobody holds alive. Whoever
  // loses a number to another process in the same instant gets no row, and tries another.
  const takeSlot = `
    with blocked as (
      select until_ms - ${NOW_MS} as left_ms from "${schema}".limit_block where provider = $1 and until_ms > ${NOW_MS}),
    held as (select slot from "${schema}".limit_slot where provider = $1 and expires_at > now()),
    taking as (
      insert into "${schema}".limit_slot as taken (provider, slot, holder, expires_at)
      select $1, number, $2, now() + $4::float8 * interval '1 millisecond'
      from generate_series(1, $3::int) as number
      where not exists (select from blocked) and not exists (select from held where slot = number)
        and (select count(*) from held) < $3::int
      order by random() limit 1
      on conflict (provider, slot) do update set holder = excluded.holder, expires_at = excluded.expires_at
        where taken.expires_at <= now()
      returning slot)
    select (select slot from taking) as slot, (select left_ms from blocked) as left_ms,
      (select count(*) from held) as held`;

  const rate = async (kind: string) => {
    const { RateLimiterPostgres } = await import('rate-limiter-flexible');
    return new RateLimiterPostgres({
      ...RATE_WINDOW,
      storeClient: pool,
      storeType: 'pool',
      schemaName: schema,
      tableName: 'limit_rate',
      keyPrefix: kind,
      tableCreated: true,
      clearExpiredByTimeout: false,
    });
  };

  const slotStore: SlotStore = {
    async blockedUntil(provider) {
      const { rows } = await pool.query<{ left_ms: string | number }>(
        `select until_ms - ${NOW_MS} as left_ms from "${schema}".limit_block where provider = $1`,
        [provider]
      );
      const leftMs = Number(rows[0]?.left_ms ?? 0);
      return leftMs > 0 ? Date.now() + leftMs : null;
    },
    async block(provider, until) {
      await pool.query(
        `insert into "${schema}".limit_block as present (provider, until_ms) values ($1, ${NOW_MS} + $2::bigint)
         on conflict (provider) do update set until_ms = greatest(present.until_ms, excluded.until_ms)`,
        [provider, Math.ceil(until - Date.now())]
      );
    },
    async unblock(provider) {
      await pool.query(`delete from "${schema}".limit_block where provider = $1`, [provider]);
    },
    async takeSlot(provider, maxParallel, holdMs) {
      const holder = randomUUID();
      for (let attempt = 0; attempt < SLOT_TRIES; attempt += 1) {
        const { rows } = await pool.query<Record<'slot' | 'left_ms' | 'held', string | number | null>>(
          takeSlot,
          [provider, holder, maxParallel, holdMs]
        );
        const [found] = rows;
        if (!found) break;
        if (found.slot !== null) return { taken: true, slot: holder };
        if (found.left_ms !== null) return { taken: false, blockedUntil: Date.now() + Number(found.left_ms) };
        if (Number(found.held) >= maxParallel) break;
      }
      return { taken: false, blockedUntil: null };
    },
    async freeSlot(provider, holder) {
      await pool.query(`delete from "${schema}".limit_slot where provider = $1 and holder = $2`, [
        provider,
        holder,
      ]);
    },
  };

  const slots = keepSlots(slotStore);
  return {
    ...createLimits({
      ...slots,
      requests: createMinuteRate(() => rate('requests')),
      tokens: createMinuteRate(() => rate('tokens')),
    }),
    leave: () => slots.leave(),
  };
}
