import { exec, execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import ffprobe from '@ffprobe-installer/ffprobe';
import { toolEnvironment } from '../../../src/media/children/tool-input';
import { ffprobeArguments } from '../../../src/media/probe/ffprobe-arguments';
import { CLOCK_TICKS_A_SECOND, statFields } from '../measure/process-usage';

const run = promisify(execFile);
const runInShell = promisify(exec);

/** How long something took, and the processor time of everything that it started, in seconds. */
export interface Effort {
  seconds: number;
  cpuSeconds: number;
}

/** Status of an `xargs` of whose commands some failed, as ffprobe does with broken files. */
const SOME_FAILED = 123;
const PARALLEL = availableParallelism();

/** What {@link xargsFfprobe} runs, in short. */
export const XARGS_WORDS = `find -print0 | xargs -0 -P${PARALLEL} ffprobe`;

/**
 * The fastest that a shell does it: one ffprobe a file and as many at a time as there are cores, with the executable,
 * the arguments and the environment that the app uses.
 */
export function xargsFfprobe(folder: string): Promise<Effort> {
  const ffprobeWords = [ffprobe.path, ...ffprobeArguments('{}')].map(quoted).join(' ');
  const script = `find ${quoted(folder)} -type f -print0 | xargs -0 -P${PARALLEL} -I{} ${ffprobeWords}`;
  return effortOf(async () => {
    try {
      await run('/bin/sh', ['-c', `${script} >/dev/null 2>&1`], { env: environment() });
    } catch (thrown) {
      if ((thrown as { code?: unknown }).code !== SOME_FAILED) throw thrown;
    }
  });
}

/** As other programs of this kind do it: one after the other, through a shell, the answer parsed in Node. */
export function sequentialFfprobe(files: readonly string[]): Promise<Effort> {
  return effortOf(async () => {
    for (const file of files) {
      const command = [ffprobe.path, ...ffprobeArguments(file)].map(quoted).join(' ');
      try {
        const { stdout } = await runInShell(command, {
          env: environment(),
          maxBuffer: 64 * 1024 * 1024,
        });
        JSON.parse(stdout);
      } catch {
        // A broken file: the next one's turn.
      }
    }
  });
}

/** Runs something and takes its time; what it starts must be over, and nothing else of ours may end meanwhile. */
export async function effortOf(work: () => Promise<void>): Promise<Effort> {
  const cpuBefore = reapedCpuSeconds();
  const startedAt = performance.now();
  await work();
  return {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: reapedCpuSeconds() - cpuBefore,
  };
}

function reapedCpuSeconds(): number {
  const { childrenCpuTicks } = statFields(readFileSync('/proc/self/stat', 'utf8'));
  return childrenCpuTicks / CLOCK_TICKS_A_SECOND;
}

function environment(): NodeJS.ProcessEnv {
  return { ...toolEnvironment(process.env), PATH: process.env['PATH'] };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
