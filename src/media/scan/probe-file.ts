import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ProbeOutcome, ProbeReport, ProbeTask } from '../../shared/library-protocol';
import type { ProbeFailure } from '../probe/failure';
import type { Prober } from '../probe/prober';
import { abortable } from './abortable';
import {
  errorCode,
  type FileVersion,
  fileFacts,
  isGone,
  isSameVersion,
  joinRaw,
  type RawPath,
} from './file-system';
import { type SettlingTimes, settlingTime } from './settling-times';

export interface ProbeFileContext {
  rootPath: string;
  prober: Prober;
  signal: AbortSignal;
  now(): number;
  settling: SettlingTimes;
  /** Throws when the whole root is gone: then a file that is not found says nothing about the file. */
  confirmRoot(): Promise<void>;
}

/**
 * Why a report may not describe the whole file. `young`: it was written to shortly before it was read; `changing`:
 * while it was read; `interrupted`: the reading was ended by somebody else.
 */
type Doubt = 'young' | 'changing' | 'interrupted';

export interface DoubtfulFile {
  report: ProbeReport;
  doubt: Doubt;
  /** The file just after it was read. */
  version: FileVersion;
}

export type ProbedFile = { report: ProbeReport; doubt: null } | DoubtfulFile;

/** Reads one file. Its size and time are taken before, and compared after. */
export async function probeFile(task: ProbeTask, context: ProbeFileContext): Promise<ProbedFile> {
  const path = absolutePath(context.rootPath, task);
  const before = await lookAt(path, context);
  if (!before.ok) return withoutFile(task, before.error, context);
  const facts = { videoId: task.videoId, ...fileFacts(before.stats) };
  // It became a folder or a pipe: the video that was here is gone.
  if (!before.stats.isFile()) return certain({ ...facts, outcome: GONE });
  const { outcome, interrupted } =
    before.stats.size === 0
      ? { outcome: unreadable(EMPTY, context), interrupted: false }
      : await read(task, path, context);
  const after = await lookAt(path, context);
  if (!after.ok) return withoutFile(task, after.error, context);
  if (isDriveError(outcome)) await context.confirmRoot();
  const report = { ...facts, outcome };
  const doubt = isSameVersion(before.stats, after.stats)
    ? doubtOf(report, after.stats, interrupted, context)
    : 'changing';
  return doubt ? { report, doubt, version: after.stats } : certain(report);
}

function doubtOf(
  { outcome }: ProbeReport,
  { mtimeMs }: FileVersion,
  interrupted: boolean,
  { now, settling }: ProbeFileContext,
): Doubt | null {
  if (interrupted) return 'interrupted';
  // A time that lies far ahead comes from a camera whose clock is wrong.
  const age = Math.abs(now() - mtimeMs);
  return age < settlingTime(settling, outcome.kind === 'unreadable') ? 'young' : null;
}

function certain(report: ProbeReport): ProbedFile {
  return { report, doubt: null };
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
  const answer = await context.prober.probe(source, context.signal);
  if (answer.kind === 'probed') return { outcome: answer, interrupted: false };
  return { outcome: unreadable(answer.failure, context), interrupted: answer.interrupted };
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
  return certain({ videoId, sizeBytes, mtimeMs, inode: 0, outcome });
}

function absolutePath(rootPath: string, { path, pathBytes }: ProbeTask): RawPath {
  return pathBytes ? joinRaw(rootPath, '', pathBytes) : join(rootPath, path);
}

type Look = { ok: true; stats: Stats } | { ok: false; error: unknown };

/** The file as it is now; null when it cannot be looked at. */
export async function versionNow(
  task: ProbeTask,
  context: Pick<ProbeFileContext, 'rootPath' | 'signal'>,
): Promise<FileVersion | null> {
  const look = await lookAt(absolutePath(context.rootPath, task), context);
  return look.ok ? look.stats : null;
}

/** A drive that hangs must not keep a cancelled scan alive, hence the abort beside the answer. */
function lookAt(path: RawPath, { signal }: Pick<ProbeFileContext, 'signal'>): Promise<Look> {
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
