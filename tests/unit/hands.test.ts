import { describe, expect, it } from 'vitest';
import { createHands } from '../../server/src/queue/hands';

/** Work that ends when it is told to. */
function openWork() {
  const ends: (() => void)[] = [];
  return {
    begin: () => new Promise<void>((resolve) => ends.push(resolve)),
    end: () => ends.shift()?.(),
  };
}

/** Whether a promise has resolved by the time everything that can go on has gone on. */
async function isResolved(promise: Promise<unknown>): Promise<boolean> {
  let resolved = false;
  void promise.then(() => (resolved = true));
  await new Promise((resolve) => setImmediate(resolve));
  return resolved;
}

describe('createHands', () => {
  it('has room for so many, and for the next one when one has ended', async () => {
    const hands = createHands(2);
    const work = openWork();
    expect(await isResolved(hands.room())).toBe(true);
    await hands.begin(work.begin);
    expect(await isResolved(hands.room())).toBe(true);
    await hands.begin(work.begin);
    const room = hands.room();
    expect(await isResolved(room)).toBe(false);
    expect(hands.inHand()).toBe(2);
    work.end();
    expect(await isResolved(room)).toBe(true);
    expect(hands.inHand()).toBe(1);
  });

  it('gives the room that one has left to one of those that wait', async () => {
    const hands = createHands(1);
    const work = openWork();
    await hands.begin(work.begin);
    let begun = 0;
    const waiters = [1, 2].map(async () => {
      await hands.begin(work.begin);
      begun += 1;
    });
    work.end();
    await isResolved(Promise.all(waiters));
    expect(begun).toBe(1);
    work.end();
    await Promise.all(waiters);
    expect(begun).toBe(2);
  });

  it('follows another number: more begin at once, fewer when enough have ended', async () => {
    const hands = createHands(1);
    const work = openWork();
    await hands.begin(work.begin);
    const room = hands.room();
    hands.setMost(2);
    expect(await isResolved(room)).toBe(true);
    await hands.begin(work.begin);
    hands.setMost(1);
    const later = hands.room();
    work.end();
    expect(await isResolved(later)).toBe(false);
    work.end();
    expect(await isResolved(later)).toBe(true);
  });

  it('tells when nothing is in hand, and lets everybody in when it is told to', async () => {
    const hands = createHands(1);
    const work = openWork();
    expect(await isResolved(hands.empty())).toBe(true);
    await hands.begin(work.begin);
    const [room, empty] = [hands.room(), hands.empty()];
    hands.letAllIn();
    expect(await isResolved(room)).toBe(true);
    expect(await isResolved(empty)).toBe(false);
    work.end();
    expect(await isResolved(empty)).toBe(true);
  });
});
