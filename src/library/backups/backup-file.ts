import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../../shared/library';

/** What a backup says in its name: a list of backups needs to open none of them. */
const NAME = /^library-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-(\d+)-videos\.sqlite$/;

/** The copy in the making; only the holder of the library's lock makes one, so there is never a second. */
const UNFINISHED = 'unfinished.sqlite';

export function backupsFolder(directory: string): string {
  return join(directory, 'backups');
}

/** A file name that sorts by time and is one on every system: `library-2026-03-01T18-30-00-000Z-1234-videos.sqlite`. */
export function backupName(madeAtMs: number, videoCount: number): string {
  return `library-${timeInName(madeAtMs)}-${videoCount}-videos.sqlite`;
}

/** A time as part of a file name, without the colons that Windows refuses. */
export function timeInName(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[:.]/g, '-');
}

/** The library's backups, newest first. Files of other names are somebody else's. */
export function listBackups(directory: string): Backup[] {
  const folder = backupsFolder(directory);
  return entriesOf(folder)
    .flatMap((entry) => {
      const facts = entry.isFile() ? factsInName(entry.name) : null;
      const file = facts && statSync(join(folder, entry.name), { throwIfNoEntry: false });
      return file ? [{ backupId: entry.name, ...facts, sizeBytes: file.size }] : [];
    })
    .sort((a, b) => b.madeAtMs - a.madeAtMs);
}

export function unfinishedBackup(directory: string): string {
  return join(backupsFolder(directory), UNFINISHED);
}

/** Removes what a process that died while it made a backup left, or one that failed. */
export function removeUnfinishedBackup(directory: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) {
    try {
      rmSync(`${unfinishedBackup(directory)}${suffix}`, { force: true });
    } catch {
      // On a disk that cannot be written: the next backup tries again.
    }
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}

function factsInName(name: string): { madeAtMs: number; videoCount: number } | null {
  const [, date, hours, minutes, seconds, milliseconds, count] = NAME.exec(name) ?? [];
  const madeAtMs = Date.parse(`${date}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
  return Number.isNaN(madeAtMs) ? null : { madeAtMs, videoCount: Number(count) };
}
