import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import type { FaultCase } from '../cases/fault-case';
import { isMissing } from '../../services/missing';
import { findProgram } from '../../services/process';
import { assertInvariants } from './invariants';
import { SEED } from './random';
import { World, type Combination } from './world';

const TIMEOUT_MS = 240_000;
const PROGRAMS = { sqlite: null, postgres: 'postgres', mariadb: 'mariadbd' } as const;

/** Whether a program that the combination needs is not here; every one of them has a case with Redis. */
function lacksService({ database }: Combination): boolean {
  const programs = ['redis-server', PROGRAMS[database]].filter((name) => name !== null);
  return programs.some((name) => isMissing(findProgram(name)));
}

const HINT = `FAULTS_SEED=${SEED} tries this again.`;

/** A failure outside of a case names the seed, too. */
async function withSeed<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    process.stderr.write(`${HINT}\n`);
    throw error;
  }
}

/** Tries cases on one combination of services; they share its processes where they leave them alive. */
export function tryCases(combination: Combination, cases: FaultCase[]): void {
  describe.skipIf(lacksService(combination))(
    `queue ${combination.backend}, database ${combination.database}`,
    () => {
      let world: World | null = null;
      beforeAll(async () => {
        world = await withSeed(() => World.create(combination, SEED));
      });
      afterEach(async ({ task }) => {
        if (!world) return;
        if (task.result?.state === 'fail') {
          const said = [...world.endedByThemselves(), ...world.running()].map(
            (each) => `${each.name}, ended: ${String(each.exitCode())}:\n${each.output().slice(-5_000)}`
          );
          process.stderr.write(`${HINT}\n${said.join('\n')}\n`);
          // What a failed case has left shall not make others fail.
          await world.abandon();
        }
        world.reset();
      });
      afterAll(async () => {
        await withSeed(async () => world?.stopAll());
        await world?.close();
      });
      for (const { chapter, title, timeoutMs, run } of cases) {
        test(`${chapter}. ${title}`, { timeout: timeoutMs ?? TIMEOUT_MS }, async () => {
          if (!world) throw new Error('There is no world.');
          world.begin(title);
          await run(world);
          await assertInvariants(world);
        });
      }
    }
  );
}
