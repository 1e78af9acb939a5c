import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { VitrineError } from '../../shared/errors';

/** A dead network share can keep a stat call waiting for minutes. */
const INSPECT_TIMEOUT_MS = 5_000;

/**
 * The real path of a readable folder.
 * @throws VitrineError `PATH_NOT_A_FOLDER`, `PERMISSION_DENIED`, or `ROOT_OFFLINE` when the drive does not answer
 */
export async function inspectFolder(path: string): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new VitrineError('ROOT_OFFLINE', `${path} does not answer.`, { path })),
      INSPECT_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([readableFolder(resolve(path)), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

async function readableFolder(path: string): Promise<string> {
  try {
    const real = await realpath(path);
    if (!(await stat(real)).isDirectory()) {
      throw new VitrineError('PATH_NOT_A_FOLDER', `${path} is a file, not a folder.`, { path });
    }
    await access(real, constants.R_OK | constants.X_OK);
    return real;
  } catch (thrown) {
    throw asFolderError(thrown, path);
  }
}

function asFolderError(thrown: unknown, path: string): unknown {
  switch ((thrown as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return new VitrineError('PATH_NOT_A_FOLDER', `${path} does not exist.`, { path });
    case 'ENOTDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new VitrineError('PATH_NOT_A_FOLDER', `${path} is not a folder.`, { path });
    case 'EACCES':
    case 'EPERM':
      return new VitrineError('PERMISSION_DENIED', `${path} may not be read.`, { path });
    default:
      return thrown;
  }
}

/** Folders that the person chose in the system's dialog, dropped, or named on the command line. */
export class FolderGrants {
  readonly #granted = new Set<string>();

  /**
   * Allows a folder to become a root; answers its real path.
   * @throws VitrineError as {@link inspectFolder}
   */
  async grant(path: string): Promise<string> {
    const real = await inspectFolder(path);
    this.#granted.add(real);
    return real;
  }

  has(path: string): boolean {
    return this.#granted.has(path);
  }
}
