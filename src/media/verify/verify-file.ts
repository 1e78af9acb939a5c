import type { Stats } from 'node:fs';
import { basename, join } from 'node:path';
import { VitrineError } from '../../shared/errors';
import type { VerifyReport, VerifyTask } from '../../shared/verify-protocol';
import { fileFacts, isGone, isSameVersion, joinRelative, type RawPath } from '../scan/file-system';
import { lookAt } from '../scan/look-at';
import { EMPTY, MAX_READINGS, openFailure } from '../scan/probe-file';
import type { DecodeAnswer, Decoder } from './decoder';

export interface VerifyFileContext {
  rootPath: string;
  /** Whether inode numbers of its drive stay the same. */
  stableInodes: boolean;
  decoder: Decoder;
  signal: AbortSignal;
  onProgress(seconds: number): void;
  /** Throws when the whole root is gone: then a file that is not found, or cannot be read, says nothing about the file. */
  confirmRoot(): Promise<void>;
}

type Findings = DecodeAnswer['findings'];

/** `doubt`: why the report may not describe what is there. */
interface Attempt {
  report: VerifyReport;
  doubt: 'changed' | 'interrupted' | null;
}

/** Decodes one file. One that is written to meanwhile is decoded once more, and left alone if that goes on. */
export async function verifyFile(
  task: VerifyTask,
  context: VerifyFileContext,
): Promise<VerifyReport> {
  const first = await attemptUntilLeftAlone(task, context);
  if (first.doubt !== 'changed') return first.report;
  const second = await attemptUntilLeftAlone(task, context);
  return second.doubt === 'changed' ? skipped(task) : second.report;
}

/** Once more whenever somebody else ended ffmpeg, though not for ever. */
async function attemptUntilLeftAlone(
  task: VerifyTask,
  context: VerifyFileContext,
): Promise<Attempt> {
  let last = await attempt(task, context);
  for (let reading = 1; last.doubt === 'interrupted' && reading < MAX_READINGS; reading++) {
    last = await attempt(task, context);
  }
  return last;
}

/** It was not there, or not to be had. */
export function skipped({ videoId, sizeBytes, mtimeMs }: VerifyTask): VerifyReport {
  return { videoId, sizeBytes, mtimeMs, inode: 0, outcome: { kind: 'skipped' } };
}

async function attempt(task: VerifyTask, context: VerifyFileContext): Promise<Attempt> {
  const path = joinRelative(context.rootPath, task.path, task.pathBytes);
  const before = await lookAt(path, context.signal);
  if (!before.ok) return withoutFile(task, before.error, context);
  // It became a folder or a pipe: the video that was here is gone.
  if (!before.stats.isFile()) return { report: skipped(task), doubt: null };
  const answer = await decode(task, path, before.stats, context);
  const after = await lookAt(path, context.signal);
  if (!after.ok) return withoutFile(task, after.error, context);
  if (answer.driveFailed) await context.confirmRoot();
  const { videoId } = task;
  const { findings } = answer;
  const changed = !isSameVersion(before.stats, after.stats);
  return {
    report: {
      videoId,
      ...fileFacts(before.stats, context.stableInodes),
      outcome: { kind: 'decoded', findings },
    },
    doubt: changed ? 'changed' : answer.interrupted ? 'interrupted' : null,
  };
}

async function decode(
  task: VerifyTask,
  path: RawPath,
  { size }: Stats,
  { rootPath, decoder, onProgress, signal }: VerifyFileContext,
): Promise<DecodeAnswer> {
  if (size === 0) return unreadable(EMPTY.message);
  const source = {
    path: join(rootPath, task.path),
    pathBytes: typeof path === 'string' ? null : path,
    name: basename(task.path),
  };
  try {
    return await decoder.decode({ source, frameCount: task.frameCount, onProgress }, signal);
  } catch (thrown) {
    if (thrown instanceof VitrineError) throw thrown;
    return { ...unreadable(openFailure(thrown).message), driveFailed: true };
  }
}

/** The file cannot even be looked at. */
async function withoutFile(
  task: VerifyTask,
  error: unknown,
  context: VerifyFileContext,
): Promise<Attempt> {
  await context.confirmRoot();
  if (isGone(error)) return { report: skipped(task), doubt: null };
  const { videoId, sizeBytes, mtimeMs } = task;
  const { findings } = unreadable(openFailure(error).message);
  const outcome = { kind: 'decoded', findings } as const;
  return { report: { videoId, sizeBytes, mtimeMs, inode: 0, outcome }, doubt: null };
}

function unreadable(message: string): DecodeAnswer {
  const findings: Findings = {
    outcome: 'unreadable',
    damage: [{ atSeconds: null, message }],
    damageCount: 1,
  };
  return { findings, interrupted: false, driveFailed: false };
}
