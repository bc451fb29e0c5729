import { defineConfig } from 'vitest/config';

const SECOND_TRIES = process.env.CI === 'true' ? 1 : 0;
/**
 * Of the faults: where the machine may have been too slow, a wait (tests/wait-for.ts) or a test that took too long. What has failed
 * an assertion is not tried again, for an invariant that is violated now and then is violated.
 */
const AFTER_WAITING = {
  count: SECOND_TRIES,
  condition: /^Waited \d+ ms in vain|^(Test|Hook) timed out in \d+ms/,
};

/** Each project boots real things of its own; the browser tests come last and one after the other. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 20_000 } },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/bookshop/prepare.ts'],
          // Each file has its own Strapi, database and queue. Half of its time is waiting: two at a time, with time for slow machines.
          testTimeout: 240_000,
          hookTimeout: 240_000,
          pool: 'forks',
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          retry: SECOND_TRIES,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          exclude: process.env.FAULTS_FORM === 'long' ? [] : ['tests/faults/pairwise.test.ts'],
          globalSetup: ['tests/bookshop/prepare.ts', 'tests/faults/harness/plugin-build.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          pool: 'forks',
          // Most of a fault is waiting: two combinations at a time, where the short form has to be quick.
          maxWorkers: process.env.FAULTS_FORM === 'once' ? 2 : 1,
          sequence: { groupOrder: 2 },
          retry: AFTER_WAITING,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          // They write into docs/: only on request.
          exclude: process.env.SCREENSHOTS === 'true' ? [] : ['tests/browser/screenshots.test.ts'],
          globalSetup: ['tests/bookshop/prepare.ts', 'tests/browser/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 240_000,
          pool: 'forks',
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
          retry: SECOND_TRIES,
        },
      },
    ],
  },
});
