import { expect, test } from 'vitest';
import { createLeaseWatch } from '../../server/src/queue/lease-watch';

const LEASE_MS = 3_000;

/** A watch with a stopwatch of the test's, looking once a second. */
function watching(untilAt: (second: number) => number, nowAt: (second: number) => number) {
  let second = 0;
  const watch = createLeaseWatch(LEASE_MS, () => second * 1_000);
  return (until: number): number | null => {
    for (; second <= until; second += 1) {
      if (watch.silent([{ lease: 'a', until: untilAt(second) }], nowAt(second)).length > 0) return second;
    }
    return null;
  };
}

test('a lease that is renewed is never silent, whatever the two clocks say', () => {
  for (const shift of [-300_000, 0, 300_000]) {
    const look = watching(
      (second) => second * 1_000 + LEASE_MS + shift,
      (second) => second * 1_000
    );
    expect(look(100)).toBeNull();
  }
});

test('one that stands still is silent after its time, also where the clock of its holder was fast', () => {
  const look = watching(
    () => 900_000,
    (second) => second * 1_000
  );
  expect(look(100)).toBe(3);
});

test('one that had ended before the first look is silent sooner, but not at once', () => {
  const look = watching(
    () => 1_000,
    (second) => 500_000 + second * 1_000
  );
  expect(look(100)).toBe(2);
});

test('after a break nobody is silent at once: the others could not renew either', () => {
  let time = 0;
  const watch = createLeaseWatch(LEASE_MS, () => time);
  const lease = [{ lease: 'a', until: 3_000 }];
  expect(watch.silent(lease, 0)).toEqual([]);
  time = 60_000;
  expect(watch.silent(lease, 60_000)).toEqual([]);
  time = 62_000;
  expect(watch.silent(lease, 62_000)).toEqual([]);
  time = 63_000;
  expect(watch.silent(lease, 63_000)).toEqual([{ lease: 'a', until: 3_000 }]);
});

test('of a lease that stands for several items, what is not renewed any more is silent', () => {
  let time = 0;
  const watch = createLeaseWatch(LEASE_MS, () => time);
  const look = () => {
    const leases = [3_000, time + LEASE_MS + 1].map((until) => ({ lease: 'a', until }));
    return watch.silent(leases, 0);
  };
  for (; time < LEASE_MS; time += 1_000) expect(look()).toEqual([]);
  expect(look()).toEqual([{ lease: 'a', until: 3_000 }]);
});
