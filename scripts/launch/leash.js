// @ts-check
import { spawn } from 'node:child_process';

// Reads `+ <pid>` and `- <pid>` lines. Once its standard input ends, because the launcher is gone for whatever
// reason, it ends what is left, the latest first: asks, waits ten seconds, kills. So the app can finish before the
// display that its window is on goes away.
const script = `
live=''
while read -r sign pid; do
  case $sign in
    +) live="$pid $live" ;;
    -) rest=''; for one in $live; do [ "$one" = "$pid" ] || rest="$rest$one "; done; live=$rest ;;
  esac
done
for pid in $live; do
  kill -TERM "$pid" 2>/dev/null || continue
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.5
  done
  kill -KILL "$pid" 2>/dev/null
done
`;

/** @type {import('node:stream').Writable | null} */
let keeper = null;

/**
 * Sees to it that a process that this one started does not outlive it, even when this one is killed without a chance
 * to clean up. Not on Windows, where Node's job object does that.
 * @param {import('node:child_process').ChildProcess} child
 */
export function leash(child) {
  const { pid } = child;
  if (pid === undefined || process.platform === 'win32') return;
  keeper ??= startKeeper();
  const input = keeper;
  input.write(`+ ${pid}\n`);
  child.once('exit', () => input.write(`- ${pid}\n`));
}

function startKeeper() {
  // A session of its own: what ends us in the terminal must not take it away before its work.
  const shell = spawn('/bin/sh', ['-c', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without it everything works, except for the case that it is here for.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  /** @type {import('node:net').Socket} */ (shell.stdin).unref();
  return shell.stdin;
}
