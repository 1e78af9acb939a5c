import type { JobProgress } from '../../shared/job';
import type { VerifyRequest } from '../../shared/media-protocol';
import type { VerifyReport, VerifySinkApi, VerifyTask } from '../../shared/verify-protocol';
import { abortable } from '../scan/abortable';
import { OpenedRoots } from '../scan/opened-roots';
import { confirmRoot, isRootFailure } from '../scan/root-folder';
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
    const opened = new OpenedRoots(roots, this.#volumes, this.#signal);
    this.#progress.begin(counts, totalSeconds);
    for (;;) {
      const tasks = await this.#sink.takeVerifyTasks({ ...this.#run, limit: TASKS_AT_A_TIME });
      if (tasks.length === 0) break;
      for (const task of tasks) await this.#verify(task, opened);
    }
    this.#progress.end();
    await this.#sink.finishVerify(this.#run);
  }

  async #verify(task: VerifyTask, roots: OpenedRoots): Promise<void> {
    this.#progress.start(task);
    const report = await this.#report(task, roots);
    this.#progress.finish(await this.#sink.writeVerification({ ...this.#run, report }));
  }

  /** A root that is away fails the job, which waits for it, or is passed over where there are others. */
  async #report(task: VerifyTask, roots: OpenedRoots): Promise<VerifyReport> {
    try {
      const root = await roots.open(task.rootId);
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
      roots.giveUp(task.rootId);
      return skipped(task);
    }
  }
}
