import { watch } from 'node:fs';
import { sep } from 'node:path';
import { errorCode, type RawPath } from '../scan/file-system';
import { type DecodedName, decodeName } from '../scan/raw-names';

export interface FolderWatchListener {
  /**
   * @param isPresenceChange something came, went or was renamed; otherwise it was written to
   * @param name relative to the folder, `/` between names; null: the system lost count of what happened
   */
  onEvent(isPresenceChange: boolean, name: DecodedName | null): void;
  onError(error: unknown): void;
}

/** The system's watch on one folder. */
export interface FolderWatch {
  close(): void;
}

/** Whether the system tells of everything below a folder through one watch on it. Elsewhere each folder needs its own. */
export const WATCHES_TREES = process.platform === 'darwin' || process.platform === 'win32';

/**
 * Begins to watch a folder, or with `recursive` all that is below it.
 * @throws the system's error
 */
export function watchFolder(
  path: RawPath,
  recursive: boolean,
  { onEvent, onError }: FolderWatchListener,
): FolderWatch {
  const watcher = watch(path, { encoding: 'buffer', recursive });
  watcher.on('change', (type: string, name: Buffer | string | null) => {
    onEvent(type === 'rename', name === null ? null : slashed(decodeName(Buffer.from(name))));
  });
  watcher.on('error', onError);
  return { close: () => watcher.close() };
}

/** Why the system does not watch a folder, in words. */
export function refusalText(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOSPC':
      return 'The limit of folders that may be watched is reached (fs.inotify.max_user_watches).';
    case 'EMFILE':
    case 'ENFILE':
      return 'The limit of programs that may watch folders is reached (fs.inotify.max_user_instances).';
    default:
      return `The system cannot watch it: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function slashed(decoded: DecodedName): DecodedName {
  return sep === '/' ? decoded : { ...decoded, name: decoded.name.replaceAll(sep, '/') };
}
