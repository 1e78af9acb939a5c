import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ChildGuard } from './child-guard';
import { ForkServer, NotForked } from './fork-server';
import { childrenOf } from './kill-tree';

/** A server of a shell that runs `lines` with the input as `$1`. */
function serverOf(lines: string, toolPath = '/bin/sh') {
  const guard = new ChildGuard();
  onTestFinished(() => guard.dispose());
  return new ForkServer(toolPath, ['-c', lines, 'tool'], guard);
}

/** Starts one run; both outputs are whole when it has ended. */
function run(server: ForkServer, source: string) {
  const written = { output: '', errorOutput: '' };
  const reader = {
    onOutput: (chunk: Buffer) => {
      written.output += chunk.toString();
    },
    onErrorOutput: (chunk: Buffer) => {
      written.errorOutput += chunk.toString();
    },
  };
  const control = { stop: () => undefined, restartClock: () => undefined };
  return { ...server.start(source, reader, control), written };
}

describe.skipIf(process.platform !== 'linux')('a fork server', () => {
  it.each(['plain', ' spaces ', "it's", '"$(id)"', '`id`; id', '\\n\\', '*', 'ä\u{1f3ac}', '-x'])(
    'takes a name for nothing but a name: %s',
    async (name) => {
      const { ended, written } = run(serverOf('printf "%s" "$1"'), `/videos/${name}`);
      expect(await ended).toEqual({ kind: 'exited', code: 0 });
      expect(written).toEqual({ output: `file:/videos/${name}`, errorOutput: '' });
    },
  );

  it('keeps what its programs write apart', async () => {
    const server = serverOf('echo "$1"; echo "$1" >&2; exit 3');
    for (const name of ['a', 'b', 'c']) {
      const { ended, written } = run(server, name);
      expect(await ended).toEqual({ kind: 'exited', code: 3 });
      expect(written).toEqual({ output: `file:${name}\n`, errorOutput: `file:${name}\n` });
      expect(server.isFree).toBe(true);
    }
  });

  it('gives its programs nothing to read', async () => {
    const { ended, written } = run(serverOf('cat; echo "read"'), 'a');
    await ended;
    expect(written.output).toBe('read\n');
  });

  it('kills its program and what that started, and takes no more after that', async () => {
    const server = serverOf('case $1 in *hang) sleep 1000 & wait ;; esac');
    const hanging = run(server, 'hang');
    const processId = await vi.waitFor(() => {
      const id = hanging.processId();
      expect(childrenOf(id)).toHaveLength(1);
      return id;
    });
    const [sleeper] = childrenOf(processId);
    hanging.kill();
    expect(await hanging.ended).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
    await vi.waitFor(() => expect(isRunning(sleeper)).toBe(false));
    expect(server.isFree).toBe(false);
  });

  it('kills also a program that has yet to start', async () => {
    const hanging = run(serverOf('sleep 1000'), 'a');
    hanging.kill();
    expect(await hanging.ended).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
  });

  it('says that it was killed when it was, and takes no more', async () => {
    const server = serverOf('kill -KILL $PPID');
    expect(await run(server, 'a').ended).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
    expect(server.isFree).toBe(false);
  });

  it('knows nothing of a program that is not there', async () => {
    const { ended } = run(serverOf('', '/nonexistent/tool'), 'a');
    await expect(ended).rejects.toBeInstanceOf(NotForked);
  });
});

/** One that ended but was not collected does not run. */
function isRunning(processId: number | undefined): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
