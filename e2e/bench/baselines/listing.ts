import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Effort, effortOf } from './ffprobe';

const run = promisify(execFile);

/** What {@link listWithFind} runs, in short. */
export const FIND_WORDS = 'find -printf';

/** The least that a rescan must do: read every folder, and of every file size, time of change and number. */
export function listWithFind(folder: string): Promise<Effort> {
  return effortOf(async () => {
    const script = `find "$1" -type f -printf '%P %s %T@ %i\\n' >/dev/null`;
    await run('/bin/sh', ['-c', script, 'sh', folder]);
  });
}
