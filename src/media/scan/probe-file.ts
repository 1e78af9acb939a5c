import type { Stats } from 'node:fs';
import { basename, join } from 'node:path';
import type { ProbeOutcome, ProbeReport, ProbeTask } from '../../shared/library-protocol';
import { beginsAsVideo, SIGNATURE_BYTES } from '../probe/container-signatures';
import type { ProbeFailure } from '../probe/failure';
import type { Prober } from '../probe/prober';
import { abortable } from './abortable';
import { NO_CONTENT, readIdentity } from './content-identity';
import {
  diskFileSystem,
  errorCode,
  type FileVersion,
  fileFacts,
  isGone,
  isSameVersion,
  joinRelative,
  type RawPath,
} from './file-system';
import { lookAt } from './look-at';
import { isYoung, type SettlingTimes } from './settling-times';

export interface ProbeFileContext {
  rootPath: string;
  stableInodes: boolean;
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
/**
 * So often is a file read whose ffprobe somebody else ends, in a row. Past it the file itself is the likely reason: the
 * system kills whoever takes its memory, for one.
 */
export const MAX_READINGS = 5;

/** Reads one file. Its size and time are taken before, and compared after. */
export async function probeFile(task: ProbeTask, context: ProbeFileContext): Promise<ProbedFile> {
  const { rootPath, stableInodes } = context;
  const path = joinRelative(rootPath, task.path, task.pathBytes);
  const before = await lookAt(path, context.signal);
  if (!before.ok) return withoutFile(task, before.error, context);
  const facts = { videoId: task.videoId, ...fileFacts(before.stats, stableInodes) };
  // It became a folder or a pipe: the video that was here is gone.
  if (!before.stats.isFile()) return certain({ ...facts, ...GONE });
  const { outcome, interrupted } = await read(task, path, before.stats, context);
  const after = await lookInside(path, outcome, context);
  if (!after.ok) return withoutFile(task, after.error, context);
  if (isDriveError(outcome)) await context.confirmRoot();
  const { stats: version, contentHash } = after;
  if (!isSameVersion(before.stats, version)) {
    const report = { ...facts, contentHash: null, outcome };
    return { report, doubt: 'changing', version };
  }
  const report = { ...facts, contentHash, outcome };
  const doubt = doubtOf(report, version, interrupted, context);
  return doubt ? { report, doubt, version } : certain(report);
}

function doubtOf(
  { outcome }: ProbeReport,
  { mtimeMs }: FileVersion,
  interrupted: boolean,
  { now, settling }: ProbeFileContext,
): Doubt | null {
  if (interrupted) return 'interrupted';
  const unreadable = outcome.kind === 'unreadable';
  return isYoung(settling, { mtimeMs, unreadable }, now()) ? 'young' : null;
}

function certain(report: ProbeReport): ProbedFile {
  return { report, doubt: null };
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
  for (let reading = 1; ; reading++) {
    const answer = await context.prober.probe(source, context.signal);
    if (answer.kind === 'probed') return { outcome: answer, interrupted: false };
    if (answer.interrupted && reading < MAX_READINGS) continue;
    const failure = await namedByHead(answer.failure, path, context);
    return { outcome: unreadable(failure, context), interrupted: answer.interrupted };
  }
}

/** ffprobe says the same of a container that is cut off early and of a letter: the first bytes tell which it is. */
async function namedByHead(
  failure: ProbeFailure,
  path: RawPath,
  { signal }: ProbeFileContext,
): Promise<ProbeFailure> {
  if (failure.code !== 'NOT_MEDIA') return failure;
  try {
    const head = await abortable(signal, () => diskFileSystem.readHead(path, SIGNATURE_BYTES));
    return beginsAsVideo(head) ? { ...CUT_OFF, toolOutput: failure.toolOutput } : failure;
  } catch {
    // Nothing is known beyond what ffprobe said.
    return failure;
  }
}

type InnerLook =
  | { ok: true; stats: FileVersion; contentHash: Uint8Array | null }
  | { ok: false; error: unknown };

/**
 * The file after it was probed: opened once for its version and its content, which costs half as much as two looks. Of
 * one that cannot be read, only whether it is there.
 */
function lookInside(
  path: RawPath,
  outcome: ProbeOutcome,
  { signal }: ProbeFileContext,
): Promise<InnerLook> {
  return abortable(signal, async () => {
    try {
      return { ok: true, ...(await readIdentity(path)) };
    } catch {
      // A file with a problem is left alone until it changes; of another one the next scan may learn more.
      const contentHash = outcome.kind === 'unreadable' ? NO_CONTENT : null;
      const look = await lookAt(path, signal);
      return look.ok ? { ...look, contentHash } : look;
    }
  });
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
    return certain({ ...facts, ...GONE });
  }
  const outcome = unreadable(openFailure(error), context);
  return certain({ ...facts, contentHash: NO_CONTENT, outcome });
}

/** The file as it is now; null when it cannot be looked at. */
export async function versionNow(
  task: ProbeTask,
  { rootPath, signal }: Pick<ProbeFileContext, 'rootPath' | 'signal'>,
): Promise<FileVersion | null> {
  const look = await lookAt(joinRelative(rootPath, task.path, task.pathBytes), signal);
  return look.ok ? look.stats : null;
}

function isDriveError(outcome: ProbeOutcome): boolean {
  return outcome.kind === 'unreadable' && outcome.problem.code === 'IO_ERROR';
}

const GONE = { contentHash: null, outcome: { kind: 'gone' } } as const;

export const EMPTY: ProbeFailure = {
  stage: 'open',
  code: 'EMPTY_FILE',
  message: 'The file is empty: it has no bytes at all.',
  toolOutput: null,
};

const CUT_OFF: Omit<ProbeFailure, 'toolOutput'> = {
  stage: 'probe',
  code: 'DAMAGED',
  message: 'The file begins as a video, but the rest is missing or damaged.',
};

export function openFailure(error: unknown): ProbeFailure {
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
