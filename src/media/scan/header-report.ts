import { basename } from 'node:path';
import type { FileTask, HeaderFacts, HeaderReport } from '../../shared/library-protocol';
import { readFileHeader } from '../headers/read-file-header';
import { abortable, orNull } from './abortable';
import { fileFacts, joinRelative } from './file-system';
import { isYoung, type SettlingTimes } from './settling-times';

/** A header that takes longer comes from a drive that hangs or wakes up: ffprobe has more patience. */
const TIME_LIMIT_MS = 5_000;

export interface HeaderReportContext {
  rootPath: string;
  stableInodes: boolean;
  settling: SettlingTimes;
  signal: AbortSignal;
  /** Milliseconds since epoch. */
  now(): number;
}

/** Reads what a file's header tells. Whatever speaks against believing it makes the file wait for ffprobe. */
export async function reportHeader(
  task: FileTask,
  context: HeaderReportContext,
): Promise<HeaderReport> {
  const { videoId, sizeBytes, mtimeMs } = task;
  const mayGrow = isYoung(context.settling, { mtimeMs, unreadable: false }, context.now());
  return { videoId, sizeBytes, mtimeMs, facts: mayGrow ? null : await factsOf(task, context) };
}

async function factsOf(
  { path, pathBytes, sizeBytes, mtimeMs }: FileTask,
  { rootPath, stableInodes, signal }: HeaderReportContext,
): Promise<HeaderFacts | null> {
  const file = joinRelative(rootPath, path, pathBytes);
  const reading = readFileHeader(file, basename(path), (stats) => {
    const version = fileFacts(stats, stableInodes);
    return version.sizeBytes === sizeBytes && version.mtimeMs === mtimeMs;
  }).catch(() => null);
  const facts = await abortable(signal, () => orNull(reading, TIME_LIMIT_MS));
  if (!facts) return null;
  const { audioLanguage, videoTracks, audioTracks, subtitleTracks, ...kept } = facts;
  return kept;
}
