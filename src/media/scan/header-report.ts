import type { FileTask, HeaderReport } from '../../shared/library-protocol';
import { abortable } from './abortable';
import type { HeaderReader, HeaderRequest } from './header-facts';
import { isYoung, type SettlingTimes } from './settling-times';

export interface HeaderReportContext extends Omit<HeaderRequest, 'tasks'> {
  read: HeaderReader;
  settling: SettlingTimes;
  signal: AbortSignal;
  /** Milliseconds since epoch. */
  now(): number;
}

/** Reads what the headers of files tell. Whatever speaks against believing one makes its file wait for ffprobe. */
export async function reportHeaders(
  tasks: readonly FileTask[],
  { read, settling, signal, now, ...root }: HeaderReportContext,
): Promise<HeaderReport[]> {
  const mayGrow = ({ mtimeMs }: FileTask) =>
    isYoung(settling, { mtimeMs, unreadable: false }, now());
  const settled = tasks.filter((task) => !mayGrow(task));
  const facts = await abortable(signal, () => read({ ...root, tasks: settled }, signal));
  const known = new Map(settled.map(({ videoId }, position) => [videoId, facts[position]]));
  return tasks.map(({ videoId, sizeBytes, mtimeMs }) => ({
    ...{ videoId, sizeBytes, mtimeMs },
    facts: known.get(videoId) ?? null,
  }));
}
