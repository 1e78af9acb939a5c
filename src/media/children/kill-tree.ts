import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Whether children are started as leaders of a session of their own, whose process group is killed as a whole. Not on
 * Linux: there a session is a scheduling group too, its children's low priority counts within it only, and four
 * ffprobe sessions take four fifths of the machine from the whole app. Measured on two cores during a scan: half as
 * many stalls of more than 15 ms in the library process without.
 */
export const STARTS_SESSIONS = process.platform !== 'win32' && process.platform !== 'linux';

/** Kills a child and everything that it started. */
export function killTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (STARTS_SESSIONS) {
    kill(-pid);
    return;
  }
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'linux') killWithDescendants(pid);
  else killOnWindows(child, pid);
}

/** From the root of the tree downwards: what is dead starts nothing more. */
function killWithDescendants(pid: number): void {
  const children = childrenOf(pid);
  kill(pid);
  for (const child of children) killWithDescendants(child);
}

/** Kills everything that a process started, and not the process. Linux only. */
export function killDescendants(pid: number | undefined): void {
  for (const child of childrenOf(pid)) killWithDescendants(child);
}

/** Process IDs of its children; Linux only. */
export function childrenOf(pid: number | undefined): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return list === '' ? [] : list.split(' ').map(Number);
  } catch {
    // It is gone, or the kernel keeps no such list: ffprobe starts no others anyway.
    return [];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already, which is what was wanted.
  }
}

function killOnWindows(child: ChildProcess, pid: number): void {
  spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
    // Without taskkill the child alone is killed; ffprobe starts no others.
    .on('error', () => child.kill('SIGKILL'));
}
