import { type ChildProcess, spawn } from 'node:child_process';

/** Whether children get a process group of their own, which can be killed as a whole by its negative ID. */
export const HAS_PROCESS_GROUPS = process.platform !== 'win32';

/** Kills a child and everything that it started. The child must have been started as a group leader (`detached`). */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (HAS_PROCESS_GROUPS) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The whole group is gone already, which is what was wanted.
    }
    return;
  }
  if (child.exitCode !== null) return;
  spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
    // Without taskkill the child alone is killed; ffprobe starts no others.
    .on('error', () => child.kill('SIGKILL'));
}
