import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { abortable } from './abortable';
import { joinRaw, type RawPath } from './file-system';

/** A file below a root: its path relative to the root, and raw bytes where that is not valid UTF-8. */
export interface FileBelowRoot {
  path: string;
  pathBytes: Uint8Array | null;
}

export type Look = { ok: true; stats: Stats } | { ok: false; error: unknown };

export function absolutePath(rootPath: string, { path, pathBytes }: FileBelowRoot): RawPath {
  return pathBytes ? joinRaw(rootPath, '', pathBytes) : join(rootPath, path);
}

/** A drive that hangs must not keep a cancelled job alive, hence the abort beside the answer. */
export function lookAt(path: RawPath, signal: AbortSignal): Promise<Look> {
  return abortable(signal, () =>
    stat(path).then(
      (stats): Look => ({ ok: true, stats }),
      (error: unknown): Look => ({ ok: false, error }),
    ),
  );
}

/** Whether a file was written to, or replaced, between two looks. */
export function isDifferent(before: Stats, after: Stats): boolean {
  return before.size !== after.size || before.mtimeMs !== after.mtimeMs || before.ino !== after.ino;
}
