import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { electronPath } from '../../fixtures/command-line';
import { ROOT_SWITCHES } from '../../fixtures/vitrine-app';

/** An Electron app whose start is measured. */
export interface Start {
  appFolder: string;
  /** For Chromium and the app. */
  arguments: string[];
  /** CSS selector of what must have been painted. */
  content: string;
}

/**
 * Starts an app as a click does, and ends it.
 * @returns milliseconds from the start of its process until its window is shown and has painted the content, whichever
 *   comes last
 */
export async function startTime(start: Start): Promise<number> {
  const watch = ['-r', join(import.meta.dirname, 'watch-start.cjs')];
  const startedAt = Date.now();
  const child = spawn(electronPath, [...ROOT_SWITCHES, ...watch, ...start.arguments], {
    cwd: start.appFolder,
    env: { ...process.env, BENCH_CONTENT: start.content },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${start.appFolder} ended with ${code}.`);
  return Math.max(...(JSON.parse(output) as number[])) - startedAt;
}
