import type { Reporter, TestCase, TestResult } from 'playwright/types/testReporter';

/** Prints what a bench attached as `figures`, and errors; nothing else. */
export default class TableReporter implements Reporter {
  onStdOut(chunk: string | Buffer): void {
    process.stderr.write(chunk);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    for (const { name, body } of result.attachments) {
      if (name === 'figures' && body) process.stdout.write(`\n${test.title}\n${body.toString()}\n`);
    }
    for (const { stack, message } of result.errors) {
      process.stdout.write(`\n${test.title}\n${stack ?? message}\n`);
    }
  }

  printsToStdio(): boolean {
    return true;
  }
}
