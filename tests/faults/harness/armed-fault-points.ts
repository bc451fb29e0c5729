import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FaultPoint } from '../../../server/src/fault-points';
import { SPRUNG_FILE, trapFile, type Trap } from './trap-files';

const folder = process.env.AI_JOBS_TRAPS;
const passed = new Map<string, number>();

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
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, trap.holdMs);
}
