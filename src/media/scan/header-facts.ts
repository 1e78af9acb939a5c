import { basename } from 'node:path';
import type { FileTask, HeaderFacts } from '../../shared/library-protocol';
import { readFileHeader } from '../headers/read-file-header';
import { type OpenForReading, openWithoutBlocking } from '../open-file';
import { orNull } from './abortable';
import { fileFacts, joinRelative } from './file-system';

/** Headers to be read, all below one root. */
export interface HeaderRequest {
  rootPath: string;
  stableInodes: boolean;
  tasks: readonly FileTask[];
  /** Files that may be read side by side. */
  width: number;
}

/**
 * A way to read headers, in this thread or in another. Answers a file's facts at the place of its task, null where its
 * header does not tell or cannot be read.
 * @throws the signal's reason when it aborts
 */
export type HeaderReader = (
  request: HeaderRequest,
  signal: AbortSignal,
) => Promise<(HeaderFacts | null)[]>;

/** A header that takes longer comes from a drive that hangs or wakes up: ffprobe has more patience. */
export const HEADER_LIMIT_MS = 5_000;

/** What the header of a file tells, if it is the version of the task. */
export async function headerFacts(
  { path, pathBytes, sizeBytes, mtimeMs }: FileTask,
  { rootPath, stableInodes }: Pick<HeaderRequest, 'rootPath' | 'stableInodes'>,
  open: OpenForReading,
): Promise<HeaderFacts | null> {
  const isWanted = (stats: Parameters<typeof fileFacts>[0]) => {
    const version = fileFacts(stats, stableInodes);
    return version.sizeBytes === sizeBytes && version.mtimeMs === mtimeMs;
  };
  const file = joinRelative(rootPath, path, pathBytes);
  const facts = await readFileHeader(file, basename(path), isWanted, open).catch(() => null);
  if (!facts) return null;
  const { audioLanguage, videoTracks, audioTracks, subtitleTracks, ...kept } = facts;
  return kept;
}

/** Reads several files side by side, without ever blocking the thread that asks. */
export const readHeaders: HeaderReader = async ({ tasks, width, ...root }, signal) => {
  const facts: (HeaderFacts | null)[] = tasks.map(() => null);
  let next = 0;
  const reader = async () => {
    for (;;) {
      const position = next++;
      const task = tasks[position];
      if (!task) return;
      signal.throwIfAborted();
      const reading = headerFacts(task, root, openWithoutBlocking);
      facts[position] = await orNull(reading, HEADER_LIMIT_MS);
    }
  };
  await Promise.all(Array.from({ length: width }, reader));
  return facts;
};
