import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FaultPoint } from '../../../server/src/fault-points';
import { RELEASE_FILE, SPRUNG_FILE, trapFile, type Trap } from './trap-files';

const folder = process.env.AI_JOBS_TRAPS;
const LOOK_EVERY_MS = 20;
const passed = new Map<string, number>();

/** Nothing else of this process runs meanwhile. */
function hold(folderOfTraps: string, holdMs: number): void {
  const until = performance.now() + holdMs;
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  while (performance.now() < until && !existsSync(path.join(folderOfTraps, RELEASE_FILE)))
    Atomics.wait(nothing, 0, 0, LOOK_EVERY_MS);
}

/** Takes the place of server/src/fault-points.ts in the build that the fault tests run: looks for a trap and springs it. */
export function faultPoint(point: FaultPoint, detail?: string): void {
  if (!folder) return;
  const file = path.join(folder, trapFile(point));
  let trap: Trap;
  try {
    trap = JSON.parse(readFileSync(file, 'utf8')) as Trap;
  } catch {
    return;
  }
  if (trap.pid !== null && trap.pid !== process.pid) return;
  if (trap.only !== null && trap.only !== detail) return;
  const passes = (passed.get(trap.id) ?? 0) + 1;
  passed.set(trap.id, passes);
  if (passes <= trap.skip) return;
  try {
    // Of several processes the one that takes the file away is caught.
    renameSync(file, `${file}.${process.pid}`);
  } catch {
    return;
  }
  if (trap.times > 1)
    writeFileSync(file, JSON.stringify({ ...trap, id: `${trap.id}+`, skip: 0, times: trap.times - 1 }));
  appendFileSync(
    path.join(folder, SPRUNG_FILE),
    `${JSON.stringify({ point, detail: detail ?? null, pid: process.pid, at: Date.now() })}\n`
  );
  if (trap.action === 'kill') process.kill(process.pid, 'SIGKILL');
  else hold(folder, trap.holdMs);
}
