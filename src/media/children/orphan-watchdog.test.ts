import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OrphanWatchdog } from './orphan-watchdog';

/** A process that does not end by itself; the watchdog is told nothing of it. */
async function sleeper(env: NodeJS.ProcessEnv) {
  const child = spawn('/bin/sleep', ['1000'], { stdio: 'ignore', env });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child;
}

describe.skipIf(process.platform !== 'linux')('a watchdog whose owner is gone', () => {
  it('kills a child also when its owner was killed before it could name it, and nobody else', async () => {
    const watchdog = new OrphanWatchdog();
    const other = new OrphanWatchdog();
    onTestFinished(() => other.dispose());
    // Started first, so that it is looked at first.
    const stranger = await sleeper({ ...other.mark });
    const unnamed = await sleeper({ FIRST: 'x', ...watchdog.mark, LAST: 'x' });
    const ended = once(unnamed, 'exit');
    // All that it notices of its owner's end: its standard input is over.
    watchdog.dispose();
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(stranger.signalCode).toBeNull();
  });
});
