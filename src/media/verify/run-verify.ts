import { VitrineError } from '../../shared/errors';
import type { JobProgress } from '../../shared/job';
import type { AwaitedRoot } from '../../shared/library-protocol';
import type { VerifyRequest } from '../../shared/media-protocol';
import type { VerifyReport, VerifySinkApi, VerifyTask } from '../../shared/verify-protocol';
import { abortable } from '../scan/abortable';
import { confirmRoot, type OpenedRoot, openRoot } from '../scan/root-folder';
import { guardSink, type SinkOf } from '../sink';
import type { VolumeSystem } from '../volume/volume-system';
import type { Decoder } from './decoder';
import { skipped, verifyFile } from './verify-file';
import { VerifyProgress } from './verify-progress';

export type VerifySink = SinkOf<VerifySinkApi>;

export interface VerifyEnvironment {
  sink: VerifySink;
  /** Stays the caller's to dispose. */
  decoder: Decoder;
  volumes: VolumeSystem;
  onProgress(progress: JobProgress): void;
  /** Milliseconds since epoch. */
  now(): number;
}

/** Files that are asked for at a time. */
const TASKS_AT_A_TIME = 16;

/**
 * Decodes the files of a verification one after the other and leaves all bookkeeping to the sink, file by file: a
 * later run of the job goes on with the next. When the signal aborts or anything fails, the child is dead and the sink
 * is not called any more by the time this rejects.
 * @throws VitrineError CANCELLED, PROBE_TOOL_MISSING, SYSTEM_BUSY, where all files lie in one root ROOT_OFFLINE,
 *   PATH_NOT_A_FOLDER and PERMISSION_DENIED, and whatever the sink rejects with (STALE_RUN, WORKER_CRASHED)
 */
export async function runVerify(
  request: VerifyRequest,
  environment: VerifyEnvironment,
  signal: AbortSignal,
): Promise<void> {
  const progress = new VerifyProgress((status) => environment.onProgress(status), environment.now);
  try {
    await new VerifyRun(request, environment, progress, signal).run();
  } finally {
    progress.dispose();
  }
}

class VerifyRun {
  readonly #request: VerifyRequest;
  readonly #run: { jobId: string; runToken: string };
  readonly #decoder: Decoder;
  readonly #progress: VerifyProgress;
  readonly #signal: AbortSignal;
  readonly #sink: VerifySink;
  readonly #known = new Map<number, AwaitedRoot>();
  /** Null: it cannot be reached. */
  readonly #opened = new Map<number, OpenedRoot | null>();
  readonly #volumes: VolumeSystem;

  constructor(
    request: VerifyRequest,
    { sink, decoder, volumes }: VerifyEnvironment,
    progress: VerifyProgress,
    signal: AbortSignal,
  ) {
    this.#request = request;
    this.#run = { jobId: request.jobId, runToken: request.runToken };
    this.#decoder = decoder;
    this.#volumes = volumes;
    this.#progress = progress;
    this.#signal = signal;
    this.#sink = guardSink<VerifySinkApi>(sink, signal);
  }

  async run(): Promise<void> {
    const { roots, totalSeconds, ...counts } = await this.#sink.beginVerify(this.#run);
    for (const root of roots) this.#known.set(root.rootId, root);
    this.#progress.begin(counts, totalSeconds);
    for (;;) {
      const tasks = await this.#sink.takeVerifyTasks({ ...this.#run, limit: TASKS_AT_A_TIME });
      if (tasks.length === 0) break;
      for (const task of tasks) await this.#verify(task);
    }
    this.#progress.end();
    await this.#sink.finishVerify(this.#run);
  }

  async #verify(task: VerifyTask): Promise<void> {
    this.#progress.start(task);
    const report = await this.#report(task);
    this.#progress.finish(await this.#sink.writeVerification({ ...this.#run, report }));
  }

  /** A root that is away fails the job, which waits for it, or is passed over where there are others. */
  async #report(task: VerifyTask): Promise<VerifyReport> {
    try {
      const root = await this.#open(task.rootId);
      if (!root) return skipped(task);
      return await verifyFile(task, {
        rootPath: root.rootPath,
        stableInodes: root.stableInodes,
        decoder: this.#decoder,
        signal: this.#signal,
        onProgress: (seconds) => this.#progress.decoded(seconds),
        confirmRoot: () =>
          abortable(this.#signal, () => confirmRoot(root.rootPath, root.place.device)),
      });
    } catch (thrown) {
      if (this.#request.rootId !== null || !isRootFailure(thrown)) throw thrown;
      this.#opened.set(task.rootId, null);
      return skipped(task);
    }
  }

  async #open(rootId: number): Promise<OpenedRoot | null> {
    const opened = this.#opened.get(rootId);
    if (opened !== undefined) return opened;
    const known = this.#known.get(rootId);
    if (!known) return null;
    const root = await abortable(this.#signal, () => openRoot(known, this.#volumes));
    this.#opened.set(rootId, root);
    return root;
  }
}

function isRootFailure(thrown: unknown): boolean {
  return (
    thrown instanceof VitrineError &&
    ['ROOT_OFFLINE', 'PATH_NOT_A_FOLDER', 'PERMISSION_DENIED'].includes(thrown.code)
  );
}
