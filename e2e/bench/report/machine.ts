import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import ffprobe from '@ffprobe-installer/ffprobe';
import { PROJECT } from '../../fixtures/vitrine-app';
import type { Table } from './markdown';

/** The machine, its programs and the state of the sources that a run measured. */
export function machineTable(): Table {
  const cores = cpus();
  const oneMinute = loadavg()[0] ?? 0;
  return {
    header: ['Machine', ''],
    rows: [
      ['Date', new Date().toISOString().slice(0, 10)],
      ['Commit', commit()],
      ['Processor', `${cores.length} cores, ${cores[0]?.model.trim() ?? 'unknown'}`],
      ['Memory', `${(totalmem() / 1024 ** 3).toFixed(0)} GiB`],
      ['Kernel', `Linux ${release()}`],
      ['File system of the corpora', output('findmnt', '-no', 'FSTYPE', '-T', tmpdir())],
      ['Load when it began', oneMinute.toFixed(2)],
      ['Node.js', process.versions.node],
      ['Electron', electronVersion()],
      ['ffprobe', output(ffprobe.path, '-version').split(' ')[2] ?? 'unknown'],
    ],
  };
}

function commit(): string {
  const hash = output('git', 'rev-parse', '--short', 'HEAD');
  // The report itself changes with every run.
  const changed = output('git', 'status', '--porcelain', '--untracked-files=no', '.', ':!docs');
  return changed === '' ? hash : `${hash} with changes`;
}

function electronVersion(): string {
  return readFileSync(join(PROJECT, 'node_modules/electron/dist/version'), 'utf8').trim();
}

function output(command: string, ...words: string[]): string {
  return execFileSync(command, words, { cwd: PROJECT, encoding: 'utf8' }).trim();
}
