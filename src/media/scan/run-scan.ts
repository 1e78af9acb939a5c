import { setMaxListeners } from 'node:events';
import { VitrineError } from '../../shared/errors';
import type { JobProgress } from '../../shared/job';
import type { ProbeTask } from '../../shared/library-protocol';
import type { ScanRequest } from '../../shared/media-protocol';
import type { Prober } from '../probe/prober';
import type { VolumeSystem } from '../volume/volume-system';
import { abortable } from './abortable';
import { FileChecker } from './file-checks';
import { type ProbedFile, probeFile } from './probe-file';
import { ProgressReporter } from './progress-reporter';
import { ReportWriter } from './report-writer';
import { confirmRoot, type OpenedRoot, openRoot } from './root-folder';
import { guardSink, type ScanSink } from './scan-sink';
import { settleListing } from './settle-listing';
import { TaskSource } from './task-source';
import { videoNames } from './video-extensions';
import { walk } from './walk';

export type { ScanSink } from './scan-sink';

export interface ScanEnvironment {
  sink: ScanSink;
  /** Stays the caller's to dispose. */
  prober: Prober;
  volumes: VolumeSystem;
  onProgress(progress: JobProgress): void;
  /** Milliseconds since epoch. */
  now(): number;
}

/**
 * Runs a scan to its end: lists and probes at the same time, and leaves all bookkeeping to the sink. When the signal
 * aborts or anything fails, every child is dead and the sink is not called any more by the time this rejects.
 * @throws VitrineError CANCELLED, ROOT_OFFLINE, PATH_NOT_A_FOLDER, PERMISSION_DENIED, PROBE_TOOL_MISSING, and
 *   whatever the sink rejects with (STALE_RUN, WORKER_CRASHED)
 */
export async function runScan(
  request: ScanRequest,
  environment: ScanEnvironment,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  // Every worker and every wait listens; Node would take more than ten for a leak.
  setMaxListeners(0, stop.signal);
  const onAbort = () =>
    stop.abort(new VitrineError('CANCELLED', `The scan of ${request.rootPath} was cancelled.`));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const progress = new ProgressReporter(
    (status) => environment.onProgress(status),
    environment.now,
  );
  try {
    await new Scan(request, environment, progress, stop).run();
  } finally {
    progress.dispose();
    signal.removeEventListener('abort', onAbort);
  }
}

/** One run. `stop` is aborted by the caller, and by whichever part fails first, with the reason to give. */
class Scan {
  readonly #request: ScanRequest;
  readonly #run: { jobId: string; runToken: string };
  readonly #environment: ScanEnvironment;
  readonly #progress: ProgressReporter;
  readonly #stop: AbortController;
  readonly #sink: ScanSink;
  readonly #tasks: TaskSource;
  readonly #writer: ReportWriter;
  /** Files that are read side by side. */
  readonly #workers: number;

  constructor(
    request: ScanRequest,
    environment: ScanEnvironment,
    progress: ProgressReporter,
    stop: AbortController,
  ) {
    const run = { jobId: request.jobId, runToken: request.runToken };
    const sink = guardSink(environment.sink, stop.signal);
    this.#request = request;
    this.#run = run;
    this.#environment = environment;
    this.#progress = progress;
    this.#stop = stop;
    this.#sink = sink;
    const { concurrency } = environment.prober;
    this.#workers = Math.min(concurrency, request.probes ?? concurrency);
    this.#tasks = new TaskSource(
      (limit) => sink.takeProbeTasks({ ...run, limit }),
      this.#workers,
      stop.signal,
    );
    this.#writer = new ReportWriter(
      async (reports) => progress.update({ counts: await sink.writeProbes({ ...run, reports }) }),
      (thrown) => stop.abort(thrown),
    );
  }

  async run(): Promise<void> {
    this.#progress.enter('listing');
    const root = await this.#open();
    await this.#together(this.#list(root), this.#probe(root));
    this.#progress.enter('finishing');
    await this.#sink.finishScan(this.#run);
  }

  async #open(): Promise<OpenedRoot> {
    const { rootId } = this.#request;
    const known = await this.#sink.beginScan({ ...this.#run, rootId });
    const { volumes } = this.#environment;
    const root = await abortable(this.#stop.signal, () => openRoot(known, volumes));
    const { rootPath, place } = root;
    await this.#sink.placeRoot({ ...this.#run, rootPath, place });
    return root;
  }

  /** Waits until every part has ended; the first failure stops the others and is thrown. */
  async #together(...parts: Promise<void>[]): Promise<void> {
    await Promise.all(parts.map((part) => part.catch((thrown) => this.#stop.abort(thrown))));
    this.#writer.dispose();
    this.#stop.signal.throwIfAborted();
  }

  async #list(root: OpenedRoot): Promise<void> {
    const names = videoNames(this.#request.extraExtensions);
    const { signal } = this.#stop;
    const unreadableFolders = new Set<string>();
    const batches = walk({ ...root, names, signal });
    for (;;) {
      const next = await abortable(signal, () => batches.next());
      if (next.done) break;
      const { folders, unreadableFolders: unreadable } = next.value;
      for (const folder of unreadable) unreadableFolders.add(folder);
      if (folders.length === 0) continue;
      const counts = await this.#sink.reconcile({ ...this.#run, folders });
      this.#tasks.announce({ complete: false });
      this.#progress.update({ counts, currentItem: folders.at(-1)?.path ?? '' });
    }
    await this.#confirmRoot(root);
    const counts = await settleListing([...unreadableFolders], {
      run: this.#run,
      sink: this.#sink,
      checker: new FileChecker(root, this.#environment.volumes),
      workers: this.#workers,
      signal,
      onLook: (path) => this.#progress.update({ currentItem: path }),
    });
    this.#progress.update({ counts });
    this.#progress.enter('probing');
    this.#tasks.announce({ complete: true });
  }

  async #probe(root: OpenedRoot): Promise<void> {
    const doubted: ProbeTask[] = [];
    await this.#work(async () => {
      const task = await this.#tasks.next();
      if (!task) return false;
      const { report, doubtful } = await this.#probeFile(root, task);
      if (doubtful) doubted.push(task);
      else await this.#writer.add(report);
      return true;
    });
    // Once more: a file that was being written may be whole by now. If it still is not, what was read is kept with
    // the size and time from before, so that the next scan sees that the file is another.
    await this.#work(async () => {
      const task = doubted.pop();
      if (!task) return false;
      await this.#writer.add((await this.#probeFile(root, task)).report);
      return true;
    });
    await this.#writer.flush();
  }

  /** As many workers as files may be read at a time repeat a step until it answers false. */
  async #work(step: () => Promise<boolean>): Promise<void> {
    const worker = async () => {
      while (await step()) this.#stop.signal.throwIfAborted();
    };
    const workers = Array.from({ length: this.#workers }, worker);
    await Promise.all(workers.map((one) => one.catch((thrown) => this.#stop.abort(thrown))));
    this.#stop.signal.throwIfAborted();
  }

  #probeFile(root: OpenedRoot, task: ProbeTask): Promise<ProbedFile> {
    this.#progress.update({ currentItem: task.path });
    return probeFile(task, {
      rootPath: root.rootPath,
      stableInodes: root.stableInodes,
      prober: this.#environment.prober,
      signal: this.#stop.signal,
      now: this.#environment.now,
      confirmRoot: () => this.#confirmRoot(root),
    });
  }

  #confirmRoot({ rootPath, place }: OpenedRoot): Promise<void> {
    return abortable(this.#stop.signal, () => confirmRoot(rootPath, place.device));
  }
}
