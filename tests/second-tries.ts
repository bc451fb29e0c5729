import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Reporter, TestCase } from 'vitest/node';

/** A reporter: writes the names of the tests that needed a second try, however it ended, as a JSON list into SECOND_TRIES_FILE. */
export default class SecondTries implements Reporter {
  private readonly names: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if ((test.diagnostic()?.retryCount ?? 0) === 0) return;
    this.names.push(`${path.relative(process.cwd(), test.module.moduleId)} › ${test.fullName}`);
  }

  onTestRunEnd(): void {
    if (process.env.SECOND_TRIES_FILE)
      writeFileSync(process.env.SECOND_TRIES_FILE, JSON.stringify(this.names));
  }
}
