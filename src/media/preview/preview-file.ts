import { basename, join } from 'node:path';
import { VitrineError } from '../../shared/errors';
import type { PreviewOutcome, PreviewReport, PreviewTask } from '../../shared/preview-protocol';
import {
  errorCode,
  fileFacts,
  isGone,
  isSameVersion,
  joinRelative,
  type RawPath,
} from '../scan/file-system';
import { lookAt } from '../scan/look-at';
import { EMPTY, MAX_READINGS, openFailure } from '../scan/probe-file';
import { answered } from './answered';
import { ImageFile } from './image-file';
import type { PreviewAnswer, PreviewMaker } from './preview-maker';

export interface PreviewFileContext {
  rootPath: string;
  /** Whether inode numbers of its drive stay the same. */
  stableInodes: boolean;
  maker: PreviewMaker;
  cacheFolder: string;
  signal: AbortSignal;
  /** Throws when the whole root is gone: then a file that is not found, or cannot be read, says nothing about the file. */
  confirmRoot(): Promise<void>;
}

/** `doubt`: why the report may not describe what is there. */
interface Attempt {
  report: PreviewReport;
  doubt: 'changed' | 'interrupted' | null;
}

/**
 * Makes an image of one file. One that is written to meanwhile is tried once more, and left alone if that goes on;
 * so is one whose ffmpeg somebody else ends, though not for ever.
 */
export async function previewOfFile(
  task: PreviewTask,
  context: PreviewFileContext,
): Promise<PreviewReport> {
  let hasChanged = false;
  for (let reading = 1; ; reading++) {
    const { report, doubt } = await attempt(task, context);
    if (doubt === null) return report;
    if (doubt === 'interrupted' && reading >= MAX_READINGS) return report;
    if (doubt === 'changed') {
      await discard(report.outcome, context.cacheFolder);
      if (hasChanged) return skipped(task);
      hasChanged = true;
    }
  }
}

/** It was not there, or not to be had. */
export function skipped({ videoId, work, sizeBytes, mtimeMs }: PreviewTask): PreviewReport {
  return { videoId, work, sizeBytes, mtimeMs, inode: 0, outcome: { kind: 'skipped' } };
}

async function attempt(task: PreviewTask, context: PreviewFileContext): Promise<Attempt> {
  const path = joinRelative(context.rootPath, task.path, task.pathBytes);
  const before = await answered(lookAt(path, context.signal));
  if (!before.ok) return withoutFile(task, before.error, context);
  // It became a folder or a pipe: the video that was here is gone.
  if (!before.stats.isFile()) return { report: skipped(task), doubt: null };
  const answer = before.stats.size === 0 ? failed(EMPTY.message) : await make(task, path, context);
  if (!answer) return { report: skipped(task), doubt: null };
  const after = await answered(lookAt(path, context.signal));
  if (!after.ok) {
    await discard(answer, context.cacheFolder);
    return withoutFile(task, after.error, context);
  }
  if (answer.kind === 'failed' && answer.driveFailed) await context.confirmRoot();
  const { videoId, work } = task;
  const facts = fileFacts(before.stats, context.stableInodes);
  return {
    report: { videoId, work, ...facts, outcome: outcomeOf(answer) },
    doubt: isSameVersion(before.stats, after.stats) ? interruption(answer) : 'changed',
  };
}

/** Null: it may be the file's doing or not, so that neither the file nor all others are to suffer for it. */
async function make(
  task: PreviewTask,
  path: RawPath,
  { rootPath, maker, cacheFolder, signal }: PreviewFileContext,
): Promise<PreviewAnswer | null> {
  const { stream, durationSeconds, work } = task;
  const source = {
    path: join(rootPath, task.path),
    pathBytes: typeof path === 'string' ? null : path,
    name: basename(task.path),
  };
  try {
    return await maker.make({ source, stream, durationSeconds, work, cacheFolder }, signal);
  } catch (thrown) {
    if (thrown instanceof VitrineError) {
      if (thrown.code !== 'INTERNAL') throw thrown;
      console.error(`No preview of ${task.path}:`, thrown.message);
      return null;
    }
    throwOfCache(thrown, cacheFolder);
    return { ...failed(openFailure(thrown).message), driveFailed: true };
  }
}

/** @throws VitrineError what is the matter with the cache, if it is not the video that cannot be opened */
function throwOfCache(thrown: unknown, cacheFolder: string): void {
  const { path, message } = thrown as NodeJS.ErrnoException;
  if (!path?.startsWith(cacheFolder)) return;
  switch (errorCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      throw new VitrineError('DISK_FULL', message);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      throw new VitrineError('LIBRARY_READ_ONLY', message);
    default:
      throw new VitrineError('LIBRARY_IO', message);
  }
}

/** The file cannot even be looked at. */
async function withoutFile(
  task: PreviewTask,
  error: unknown,
  context: PreviewFileContext,
): Promise<Attempt> {
  await context.confirmRoot();
  if (isGone(error)) return { report: skipped(task), doubt: null };
  const { message } = openFailure(error);
  return { report: { ...skipped(task), outcome: { kind: 'failed', message } }, doubt: null };
}

function failed(message: string) {
  return { kind: 'failed', message, interrupted: false, driveFailed: false } as const;
}

function outcomeOf(answer: PreviewAnswer): PreviewOutcome {
  return answer.kind === 'made' ? answer : { kind: 'failed', message: answer.message };
}

function interruption(answer: PreviewAnswer): 'interrupted' | null {
  return answer.kind === 'failed' && answer.interrupted ? 'interrupted' : null;
}

/** Takes an image away that is not of what the file is now. */
async function discard(made: PreviewOutcome | PreviewAnswer, cacheFolder: string): Promise<void> {
  if (made.kind !== 'made') return;
  await ImageFile.of(made.image, cacheFolder)
    .discard()
    .catch((thrown) => {
      // A file too many in the cache harms nobody: the library sweeps what it does not know.
      console.error('Taking an image away failed:', thrown);
    });
}
