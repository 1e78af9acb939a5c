import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the app that has a library open can be reached by the command line of the same person: a Unix socket in a
 * folder that only they may enter, or a named pipe on Windows. Not a file of the library's folder, since a socket's
 * path may have no more than about 100 bytes.
 */
export function endpointOf(libraryPath: string): string {
  const name = createHash('sha256').update(realPathOf(libraryPath)).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\vitrine-${name}`;
  return join(privateFolder(), `${name}.sock`);
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // A library that does not exist yet has no other name.
    return path;
  }
}

/** @throws Error when another user made the folder: nothing is sent to a stranger's socket */
function privateFolder(): string {
  const user = process.getuid?.() ?? 0;
  const folder = join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `vitrine-${user}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  if (uid !== user || (mode & 0o077) !== 0) throw new Error(`${folder} is not private.`);
  return folder;
}
