/** Boundaries of the engine, in the order in which an item passes them. */
export type FaultPoint =
  | 'job written'
  | 'window taken'
  | 'item claimed'
  | 'call allowed'
  | 'reply received'
  | 'reply stored'
  | 'entry written, not committed'
  | 'entry applied'
  /** Before each chunk of what a deleted job has left. */
  | 'deleted job found';

/**
 * Where the fault tests may kill or hold up this process. Does nothing: the tests build the server with another module in its
 * place (tests/faults/harness/plugin-build.ts); of the published build the calls are taken out (scripts/remove-fault-points.mjs).
 * @param _detail the entry's document id, where there is one.
 */
export function faultPoint(_point: FaultPoint, _detail?: string): void {}
