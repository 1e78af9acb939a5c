import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { ChildGuard } from './child-guard';

it.skipIf(process.platform !== 'linux')(
  'its first child ends with it also when it came to nothing after the start',
  async () => {
    const guard = new ChildGuard();
    const child = spawn('/bin/sleep', ['1000'], { stdio: 'ignore', env: { ...guard.mark } });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    const ended = once(child, 'exit');
    guard.dispose();
    expect(await ended).toEqual([null, 'SIGKILL']);
  },
);
