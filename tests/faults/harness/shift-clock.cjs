'use strict';

/** `node --require` this: the process's clock goes wrong by CLOCK_SHIFT_MS. */
const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const Original = Date;
const originalNow = Original.now;
const now = () => originalNow() + shiftMs;

global.Date = new Proxy(Original, {
  construct: (Target, words, newTarget) =>
    Reflect.construct(
      Target,
      words.length === 0 ? [now()] : words,
      newTarget === global.Date ? Target : newTarget
    ),
  apply: () => new Original(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});
