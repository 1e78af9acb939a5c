import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ProbeOutcome, ProbeReport, ProbeTask } from '../../shared/library-protocol';
import type { ProbeFailure } from '../probe/failure';
import type { Prober } from '../probe/prober';
import { abortable } from './abortable';
import { NO_CONTENT, readIdentity } from './content-identity';
import { errorCode, fileFacts, isGone, joinRelative, type RawPath } from './file-system';

export interface ProbeFileContext {
  rootPath: string;
  stableInodes: boolean;
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

/** Reads one file. Its size and time are taken before, and compared after. */
export async function probeFile(task: ProbeTask, context: ProbeFileContext): Promise<ProbedFile> {
  const { rootPath, stableInodes } = context;
  const path = joinRelative(rootPath, task.path, task.pathBytes);
  const before = await lookAt(path, context);
  if (!before.ok) return withoutFile(task, before.error, context);
  const facts = { videoId: task.videoId, ...fileFacts(before.stats, stableInodes) };
  // It became a folder or a pipe: the video that was here is gone.
  if (!before.stats.isFile()) return { report: { ...facts, ...GONE }, doubtful: false };
  const { outcome, interrupted } = await read(task, path, before.stats, context);
  const contentHash = await contentOf(path, outcome, context);
  const after = await lookAt(path, context);
  if (!after.ok) return withoutFile(task, after.error, context);
  if (isDriveError(outcome)) await context.confirmRoot();
  const isChanged = isDifferent(before.stats, after.stats);
  const report = { ...facts, contentHash: isChanged ? null : contentHash, outcome };
  return { report, doubtful: interrupted || isChanged };
}

async function read(
  task: ProbeTask,
  path: RawPath,
  { size }: Stats,
  context: ProbeFileContext,
): Promise<{ outcome: ProbeOutcome; interrupted: boolean }> {
  if (task.work === 'identify') return { outcome: { kind: 'identified' }, interrupted: false };
  if (size === 0) return { outcome: unreadable(EMPTY, context), interrupted: false };
  const source = {
    path: join(context.rootPath, task.path),
    pathBytes: typeof path === 'string' ? null : path,
    name: basename(task.path),
  };
  const answer = await context.prober.probe(source, context.signal);
  if (answer.kind === 'probed') return { outcome: answer, interrupted: false };
  return { outcome: unreadable(answer.failure, context), interrupted: answer.interrupted };
}

/** A file with a problem is left alone until it changes; of another one the next scan may learn more. */
function contentOf(
  path: RawPath,
  outcome: ProbeOutcome,
  { signal, stableInodes }: ProbeFileContext,
): Promise<Uint8Array | null> {
  return abortable(signal, () =>
    readIdentity(path, stableInodes).then(
      ({ contentHash }) => contentHash,
      () => (outcome.kind === 'unreadable' ? NO_CONTENT : null),
    ),
  );
}

/** The file cannot even be looked at. */
async function withoutFile(
  task: ProbeTask,
  error: unknown,
  context: ProbeFileContext,
): Promise<ProbedFile> {
  await context.confirmRoot();
  const { videoId, sizeBytes, mtimeMs } = task;
  const facts = { videoId, sizeBytes, mtimeMs, inode: 0 };
  if (isGone(error) || task.work === 'identify') {
    return { report: { ...facts, ...GONE }, doubtful: false };
  }
  const outcome = unreadable(openFailure(error), context);
  return { report: { ...facts, contentHash: NO_CONTENT, outcome }, doubtful: false };
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

const GONE = { contentHash: null, outcome: { kind: 'gone' } } as const;

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
