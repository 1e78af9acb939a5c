import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Why faults cannot be injected here; null where they can. Whoever may trace processes has only to install strace. */
export function whyNoFaults(): string | null {
  const tried = spawnSync('strace', ['-qq', '-e', 'trace=none', process.execPath, '--version']);
  if (tried.error) return 'strace is not installed';
  return tried.status === 0 ? null : `strace may not trace here: ${tried.stderr}`;
}

/** Faults that a process meets until it is healed. */
export interface Faults {
  heal(): Promise<void>;
}

/**
 * From now on the system answers calls of the process, of all its threads, as `injection` says in the language of
 * strace: `fsync,fdatasync:error=EIO`.
 */
export async function injectFaults(pid: number, injection: string): Promise<Faults> {
  const [calls] = injection.split(':', 1);
  const rules = ['-e', `trace=${calls}`, '-e', `inject=${injection}`];
  const tracer = spawn('strace', ['-f', ...rules, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(tracer, 'exit');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    tracer.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (said.includes('attached')) resolve();
    });
    ended.then(() => reject(new Error(`strace ended: ${said}`)), reject);
  });
  return {
    heal: async () => {
      tracer.kill('SIGTERM');
      await ended;
    },
  };
}
