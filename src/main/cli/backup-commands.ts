import { existsSync } from 'node:fs';
import { VitrineError } from '../../shared/errors';
import type { Backup } from '../../shared/library';
import { withSpareLibrary } from '../processes/spare-library';
import { EXIT } from './exit-codes';
import type { Output } from './output';

/** Stands for the newest backup. */
const LATEST = 'latest';

const number = new Intl.NumberFormat();

/** @throws VitrineError `LIBRARY_NOT_FOUND` when not even the library's folder is there */
export async function listBackups(libraryPath: string, output: Output): Promise<number> {
  for (const backup of await backupsOf(libraryPath)) {
    if (output.json) await output.object(backup);
    else await output.line([backup.backupId, ...factsOf(backup)].join('\t'));
  }
  return EXIT.done;
}

/**
 * Puts a backup in the library's place and opens it once, so that what is printed is true.
 * @throws VitrineError what {@link import('../../shared/library-protocol').LibraryApi} says of `restoreBackup` and `open`
 */
export async function restoreBackup(
  wanted: string,
  libraryPath: string,
  output: Output,
): Promise<number> {
  const backups = await backupsOf(libraryPath);
  const backupId = wanted === LATEST ? backups[0]?.backupId : wanted;
  if (backupId === undefined) {
    throw new VitrineError('BACKUP_NOT_FOUND', 'The library has no backups.');
  }
  const request = { directory: libraryPath, backupId };
  const { backup, evidence } = await withSpareLibrary(async (library) => {
    const restored = await library.call('restoreBackup', request);
    await library.call('open', { directory: libraryPath, mode: 'write' });
    await library.call('close', null);
    return restored;
  });
  if (output.json) await output.object({ type: 'restored', ...backup, evidence });
  else {
    await output.line(`${backup.backupId} is the library now: ${factsOf(backup).join(', ')}.`);
    if (evidence !== null) await output.line(`What stood there is kept in ${evidence}.`);
  }
  return EXIT.done;
}

function backupsOf(libraryPath: string): Promise<Backup[]> {
  if (!existsSync(libraryPath)) {
    throw new VitrineError('LIBRARY_NOT_FOUND', `There is no library in ${libraryPath}.`);
  }
  return withSpareLibrary((library) => library.call('listBackups', { directory: libraryPath }));
}

function factsOf({ madeAtMs, videoCount, sizeBytes }: Backup): string[] {
  return [
    new Date(madeAtMs).toISOString(),
    `${number.format(videoCount)} ${videoCount === 1 ? 'video' : 'videos'}`,
    `${number.format(Math.ceil(sizeBytes / 1024))} KB`,
  ];
}
