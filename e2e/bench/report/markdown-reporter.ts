import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FullResult, Reporter, TestCase, TestResult } from 'playwright/types/testReporter';
import { PROJECT } from '../../fixtures/vitrine-app';
import { SCALE } from '../scale';
import { machineTable } from './machine';
import { markdownTable } from './markdown';
import { SECTION } from './section';

const DOCUMENT = join(PROJECT, 'docs/benchmarks.md');

/** Prints what the benches measured as one Markdown document, and writes it to the documentation where it is asked for. */
export default class MarkdownReporter implements Reporter {
  readonly #machine = markdownTable(machineTable());
  readonly #startedAt = performance.now();
  readonly #sections: string[] = [];

  onStdOut(chunk: string | Buffer): void {
    process.stderr.write(chunk);
  }

  onTestBegin(test: TestCase): void {
    process.stderr.write(`measuring: ${test.title}\n`);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    for (const { name, body } of result.attachments) {
      if (name === SECTION && body) this.#sections.push(`## ${test.title}\n\n${body.toString()}`);
    }
    for (const { stack, message } of result.errors) {
      process.stderr.write(`\n${test.title}\n${stack ?? message}\n`);
    }
  }

  onEnd({ status }: FullResult): void {
    const minutes = (performance.now() - this.#startedAt) / 60_000;
    const run = `This is the output of a ${SCALE.name} run of ${minutes.toFixed(0)} minutes.`;
    const head = readFileSync(join(import.meta.dirname, 'head.md'), 'utf8').trimEnd();
    const document = `${[head, run, this.#machine, ...this.#sections].join('\n\n')}\n`;
    process.stdout.write(document);
    if (process.env['VITRINE_BENCH_WRITE'] !== '1') return;
    if (status !== 'passed') {
      process.stderr.write(`Not all of it could be measured: ${DOCUMENT} stays as it is.\n`);
      return;
    }
    mkdirSync(join(PROJECT, 'docs'), { recursive: true });
    writeFileSync(DOCUMENT, document);
  }

  printsToStdio(): boolean {
    return true;
  }
}
