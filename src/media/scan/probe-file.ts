import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ProbeOutcome, ProbeReport, ProbeTask } from '../../shared/library-protocol';
import type { ProbeFailure } from '../probe/failure';
import type { Prober } from '../probe/prober';
import { abortable } from './abortable';
import { errorCode, fileFacts, isGone, joinRaw, type RawPath } from './file-system';

export interface ProbeFileContext {
  rootPath: string;
  prober: Prober;
  signal: AbortSignal;
  now(): number;
  /** Throws when the whole root is gone: then a file that is not found says nothing about the file. */
  confirmRoot(): Promise<void>;
}

/**
 * `doubtful`: the file was written to while it was read, or the reading was ended by somebody else, so that the report
 * may not describe what is there.
 */
export interface ProbedFile {
  report: ProbeReport;
  doubtful: boolean;
}

/**
 * So often is a file read whose ffprobe somebody else ends, in a row. Past it the file itself is the likely reason: the
 * system kills whoever takes its memory, for one.
 */
const MAX_READINGS = 5;

/** Reads one file. Its size and time are taken before, and compared after. */
export async function probeFile(task: ProbeTask, context: ProbeFileContext): Promise<ProbedFile> {
  const path = absolutePath(context.rootPath, task);
  const before = await lookAt(path, context);
  if (!before.ok) return withoutFile(task, before.error, context);
  const facts = { videoId: task.videoId, ...fileFacts(before.stats) };
  // It became a folder or a pipe: the video that was here is gone.
  if (!before.stats.isFile()) return { report: { ...facts, outcome: GONE }, doubtful: false };
  const { outcome, interrupted } =
    before.stats.size === 0
      ? { outcome: unreadable(EMPTY, context), interrupted: false }
      : await read(task, path, context);
  const after = await lookAt(path, context);
  if (!after.ok) return withoutFile(task, after.error, context);
  if (isDriveError(outcome)) await context.confirmRoot();
  const doubtful = interrupted || isDifferent(before.stats, after.stats);
  return { report: { ...facts, outcome }, doubtful };
}

async function read(
  task: ProbeTask,
  path: RawPath,
  context: ProbeFileContext,
): Promise<{ outcome: ProbeOutcome; interrupted: boolean }> {
  const source = {
    path: join(context.rootPath, task.path),
    pathBytes: typeof path === 'string' ? null : path,
    name: basename(task.path),
  };
  for (let reading = 1; ; reading++) {
    const answer = await context.prober.probe(source, context.signal);
    if (answer.kind === 'probed') return { outcome: answer, interrupted: false };
    const { failure, interrupted } = answer;
    if (!interrupted || reading === MAX_READINGS) {
      return { outcome: unreadable(failure, context), interrupted };
    }
  }
}

/** The file cannot even be looked at. */
async function withoutFile(
  task: ProbeTask,
  error: unknown,
  context: ProbeFileContext,
): Promise<ProbedFile> {
  await context.confirmRoot();
  const outcome = isGone(error) ? GONE : unreadable(openFailure(error), context);
  const { videoId, sizeBytes, mtimeMs } = task;
  return { report: { videoId, sizeBytes, mtimeMs, inode: 0, outcome }, doubtful: false };
}

function absolutePath(rootPath: string, { path, pathBytes }: ProbeTask): RawPath {
  return pathBytes ? joinRaw(rootPath, '', pathBytes) : join(rootPath, path);
}

type Look = { ok: true; stats: Stats } | { ok: false; error: unknown };

/** A drive that hangs must not keep a cancelled scan alive, hence the abort beside the answer. */
function lookAt(path: RawPath, { signal }: ProbeFileContext): Promise<Look> {
  return abortable(signal, () =>
    stat(path).then(
      (stats): Look => ({ ok: true, stats }),
      (error: unknown): Look => ({ ok: false, error }),
    ),
  );
}

function isDriveError(outcome: ProbeOutcome): boolean {
  return outcome.kind === 'unreadable' && outcome.problem.code === 'IO_ERROR';
}

function isDifferent(before: Stats, after: Stats): boolean {
  return before.size !== after.size || before.mtimeMs !== after.mtimeMs || before.ino !== after.ino;
}

const GONE: ProbeOutcome = { kind: 'gone' };

const EMPTY: ProbeFailure = {
  stage: 'open',
  code: 'EMPTY_FILE',
  message: 'The file is empty: it has no bytes at all.',
  toolOutput: null,
};

function openFailure(error: unknown): ProbeFailure {
  const denied = ['EACCES', 'EPERM'].includes(errorCode(error) ?? '');
  return {
    stage: 'open',
    code: denied ? 'PERMISSION_DENIED' : 'IO_ERROR',
    message: denied
      ? 'The file may not be read by this user.'
      : 'The drive reported an error while the file was looked at.',
    toolOutput: error instanceof Error ? error.message : String(error),
  };
}

function unreadable(failure: ProbeFailure, { now }: ProbeFileContext): ProbeOutcome {
  return { kind: 'unreadable', problem: { ...failure, occurredAt: now() } };
}
