import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorShape, toErrorShape } from '../../shared/errors';
import { backupsFolder, listBackups } from './backup-file';
import { makeBackup } from './make-backup';
import { backupsToThin } from './thin';

// Entry of the thread that makes one backup: reading, checking and syncing it, away from the writer.

/** What the thread is started with. */
export interface BackupWorkerData {
  /** The library's folder. */
  directory: string;
  now: number;
}

/** The thread's only message; null when the backup is there. */
export type BackupOutcome = ErrorShape | null;

async function backUp({ directory, now }: BackupWorkerData): Promise<BackupOutcome> {
  try {
    await makeBackup(directory, now);
    thin(directory, now);
    return null;
  } catch (thrown) {
    return toErrorShape(thrown);
  }
}

function thin(directory: string, now: number): void {
  const backups = listBackups(directory);
  const times = backups.map(({ madeAtMs }) => madeAtMs);
  const superfluous = new Set(backupsToThin(times, now));
  for (const { backupId, madeAtMs } of backups) {
    if (superfluous.has(madeAtMs))
      rmSync(join(backupsFolder(directory), backupId), { force: true });
  }
}

if (!parentPort) throw new Error('A backup is made by a worker thread only.');
const port = parentPort;
void backUp(workerData as BackupWorkerData).then((outcome) => port.postMessage(outcome));
