import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { largeFolder } from './fixtures/clips';
import { runCli } from './fixtures/command-line';
import { damageOf, storedJobs, withLibraryFile } from './fixtures/library-file';
import {
  type ProcessRef,
  probesOf,
  processesWith,
  processTree,
  signalProcess,
  survivors,
} from './fixtures/processes';
import { expect, test } from './fixtures/test';
import { PROJECT, type Workplace } from './fixtures/vitrine-app';

const COUNT = 400;
/** A graceful quit, and what has to be killed after it. */
const END_MS = 30_000;

test.skip(process.platform !== 'linux', 'processes are looked up in /proc');

/** npm with everything that it started, in the middle of a scan. */
interface Chain {
  npm: ChildProcess;
  processes: ProcessRef[];
  /** The one process of the chain whose command line matches. */
  find(pattern: RegExp): ProcessRef;
}

/** Runs an npm script, without a display as a server has none, until its scan has read some files. */
async function launch(place: Workplace, command: string[]): Promise<Chain> {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const [program = '', ...rest] = command;
  const npm = spawn(program, rest, { cwd: PROJECT, env, stdio: 'ignore', detached: true });
  await expect.poll(() => storedRead(place), { timeout: 60_000 }).toBeGreaterThan(20);
  const processes = processTree(npm.pid ?? 0);
  return {
    npm,
    processes,
    find: (pattern) => {
      const found = processes.find(({ commandLine }) => pattern.test(commandLine));
      if (!found) throw new Error(`No process of ${command.join(' ')} is called ${pattern}.`);
      return found;
    },
  };
}

function storedRead(place: Workplace): number {
  if (!existsSync(join(place.library, 'library.sqlite'))) return 0;
  try {
    return storedJobs(place.library)[0]?.read ?? 0;
  } catch {
    return 0; // Its tables are being made.
  }
}

/**
 * No process is left, the library is whole, and the scan goes on as the same job.
 * @param inOrder whether the app could still end as a quit does
 */
async function expectClean(
  { processes }: Chain,
  place: Workplace,
  folder: string,
  inOrder: boolean,
): Promise<void> {
  const left = () => [...processes, ...processesWith(place.folder)];
  const orphans = await survivors(left, END_MS);
  for (const orphan of orphans) signalProcess(orphan, 'SIGKILL');
  expect(orphans.map(({ commandLine }) => commandLine)).toEqual([]);
  expect(withLibraryFile(place.library, damageOf)).toEqual([]);
  const [job] = storedJobs(place.library);
  if (inOrder) expect(job).toMatchObject({ state: 'queued', crashes: 0 });

  const scan = await runCli(['scan', folder, '--library', place.library, '--json']);
  expect(scan.objects.at(-1)).toMatchObject({
    jobId: job?.jobId,
    state: 'succeeded',
    result: {
      discovered: COUNT,
      added: COUNT,
      changed: 0,
      unchanged: 0,
      missing: 0,
      unreadable: 0,
    },
  });
}

const ENDINGS: {
  words: string;
  /** Runs the script in a terminal of its own. */
  terminal?: boolean;
  inOrder: boolean;
  end(chain: Chain): ProcessRef;
}[] = [
  {
    words: 'its launcher is killed',
    inOrder: true,
    end: ({ find }) => find(/^\S*node scripts\/start\.js/),
  },
  { words: 'npm is killed', inOrder: true, end: ({ find }) => find(/^npm start/) },
  { words: 'its display goes away', inOrder: false, end: ({ find }) => find(/^Xvfb/) },
  {
    words: 'its terminal is closed',
    terminal: true,
    inOrder: true,
    end: ({ find }) => find(/^script/),
  },
];

for (const { words, terminal, inOrder, end } of ENDINGS) {
  test(`the app ends when ${words}, and its scan goes on later`, async ({ place }) => {
    const folder = largeFolder(join(place.folder, 'clips'), COUNT);
    const start = ['npm', 'start', '--', folder];
    const command = [...start, `--library=${place.library}`, `--user-data-dir=${place.profile}`];
    const chain = await launch(place, terminal ? inTerminal(command) : command);
    const probe = probesOf(folder)[0];
    // One that does not end by itself.
    if (probe && signalProcess(probe, 'SIGSTOP')) chain.processes.push(probe);
    expect(signalProcess(end(chain), 'SIGKILL')).toBe(true);
    await expectClean(chain, place, folder, inOrder);
  });
}

test('a scan of the command line can go on when its terminal was closed', async ({ place }) => {
  const folder = largeFolder(join(place.folder, 'clips'), COUNT);
  const cli = ['npm', 'run', '--silent', 'cli', '--', 'scan', folder, '--library', place.library];
  const chain = await launch(place, inTerminal(cli));
  expect(signalProcess(chain.find(/^script/), 'SIGKILL')).toBe(true);
  await expectClean(chain, place, folder, true);
});

function inTerminal(command: string[]): string[] {
  const line = command.map((part) => `'${part}'`).join(' ');
  return ['script', '--quiet', '--flush', '--command', line, '/dev/null'];
}
