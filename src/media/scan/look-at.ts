import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { abortable } from './abortable';
import type { RawPath } from './file-system';

export type Look = { ok: true; stats: Stats } | { ok: false; error: unknown };

/** A drive that hangs must not keep a cancelled job alive, hence the abort beside the answer. */
export function lookAt(path: RawPath, signal: AbortSignal): Promise<Look> {
  return abortable(signal, () =>
    stat(path).then(
      (stats): Look => ({ ok: true, stats }),
      (error: unknown): Look => ({ ok: false, error }),
    ),
  );
}
