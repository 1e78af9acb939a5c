import { setMaxListeners } from 'node:events';
import { VitrineError } from '../../shared/errors';
import type { JobProgress } from '../../shared/job';
import type { ProbeReport, ProbeTask, ScanSinkApi } from '../../shared/library-protocol';
import type { ScanRequest } from '../../shared/media-protocol';
import type { Prober } from '../probe/prober';
import { guardSink } from '../sink';
import type { VolumeSystem } from '../volume/volume-system';
import { abortable, pause } from './abortable';
import { FileChecker } from './file-checks';
import type { HeaderReader } from './header-facts';
import { HeaderReading } from './header-reading';
import { reportHeaders } from './header-report';
import { type ProbedFile, probeFile, versionNow } from './probe-file';
import type { ProbeGate } from './probe-gate';
import { ProgressReporter } from './progress-reporter';
import type { ReadingScan, ReadingScans } from './reading-scans';
import { ReportWriter } from './report-writer';
import { confirmRoot, type OpenedRoot, openRoot } from './root-folder';
import type { ScanSink } from './scan-sink';
import { settleListing } from './settle-listing';
import { SettlingFiles } from './settling-files';
import type { SettlingTimes } from './settling-times';
import { TaskSource } from './task-source';
import type { Walker } from './walk';

export type { ScanSink } from './scan-sink';

export interface ScanEnvironment {
  sink: ScanSink;
  /** Stays the caller's to dispose. */
  prober: Prober;
  volumes: VolumeSystem;
  walk: Walker;
  readHeaders: HeaderReader;
  /** One for all scans of a process. */
  gate: ProbeGate;
  /** One for all scans of a process: who waits for them sees this one there. */
  scans: ReadingScans;
  onProgress(progress: JobProgress): void;
  /** Milliseconds since epoch. */
  now(): number;
  settling: SettlingTimes;
}

/**
 * Runs a scan to its end: lists and probes at the same time, and leaves all bookkeeping to the sink. When the signal
 * aborts or anything fails, every child is dead and the sink is not called any more by the time this rejects.
 * @throws VitrineError CANCELLED, ROOT_OFFLINE, PATH_NOT_A_FOLDER, PERMISSION_DENIED, PROBE_TOOL_MISSING, SYSTEM_BUSY, and
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
  const reading = environment.scans.begin();
  const progress = new ProgressReporter((status) => {
    reading.heard();
    environment.onProgress(status);
  }, environment.now);
  try {
    await new Scan(request, environment, { progress, reading, stop }).run();
  } finally {
    reading.rests();
    progress.dispose();
    signal.removeEventListener('abort', onAbort);
  }
}

/** Several reads in flight hide the latency of a drive that can do more than one thing at a time. */
const HEADERS_AT_A_TIME = 8;

/** One run. `stop` is aborted by the caller, and by whichever part fails first, with the reason to give. */
class Scan {
  readonly #request: ScanRequest;
  readonly #run: { jobId: string; runToken: string };
  readonly #environment: ScanEnvironment;
  readonly #progress: ProgressReporter;
  readonly #reading: ReadingScan;
  readonly #stop: AbortController;
  readonly #sink: ScanSink;
  readonly #tasks: TaskSource;
  readonly #writer: ReportWriter;
  /** Files that are read side by side. */
  readonly #workers: number;

  constructor(
    request: ScanRequest,
    environment: ScanEnvironment,
    {
      progress,
      reading,
      stop,
    }: { progress: ProgressReporter; reading: ReadingScan; stop: AbortController },
  ) {
    const run = { jobId: request.jobId, runToken: request.runToken };
    const sink = guardSink<ScanSinkApi>(environment.sink, stop.signal);
    this.#request = request;
    this.#run = run;
    this.#environment = environment;
    this.#progress = progress;
    this.#reading = reading;
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
      (reports) => this.#write(reports),
      (thrown) => stop.abort(thrown),
    );
  }

  async run(): Promise<void> {
    this.#progress.enter('listing');
    const root = await this.#open();
    const headers = this.#headerReading(root);
    await this.#together(this.#list(root, headers), headers.run(), this.#probe(root, headers));
    for (;;) {
      this.#progress.enter('finishing');
      if (await this.#sink.finishScan(this.#run)) return;
      this.#reading.reads();
      this.#progress.enter('probing');
      this.#tasks.announce({ complete: true });
      await this.#together(this.#probe(root, headers));
    }
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

  async #list(root: OpenedRoot, headers: HeaderReading): Promise<void> {
    const { signal } = this.#stop;
    const { rootPath, stableInodes } = root;
    const { extraExtensions } = this.#request;
    const unreadableFolders = new Set<string>();
    const batches = this.#environment.walk({ rootPath, stableInodes, extraExtensions, signal });
    for (;;) {
      const next = await abortable(signal, () => batches.next());
      if (next.done) break;
      const { folders, unreadableFolders: unreadable } = next.value;
      for (const folder of unreadable) unreadableFolders.add(folder);
      if (folders.length === 0) continue;
      const counts = await this.#sink.reconcile({ ...this.#run, folders });
      // Where everything is known nothing is asked for.
      if (counts.done < counts.discovered) headers.announce({ complete: false });
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
    headers.announce({ complete: true });
  }

  #headerReading(root: OpenedRoot): HeaderReading {
    const { settling, now, readHeaders: read } = this.#environment;
    const { signal } = this.#stop;
    const { rootPath, stableInodes } = root;
    const width = Math.min(HEADERS_AT_A_TIME, this.#request.probes ?? HEADERS_AT_A_TIME);
    const context = { rootPath, stableInodes, width, read, settling, signal, now };
    return new HeaderReading({
      signal,
      take: (limit) => this.#sink.takeHeaderTasks({ ...this.#run, limit }),
      read: (tasks) => reportHeaders(tasks, context),
      write: async (reports) => {
        this.#progress.update({ counts: await this.#sink.writeHeaders({ ...this.#run, reports }) });
      },
      onIdle: (state) => this.#tasks.announce(state),
    });
  }

  async #probe(root: OpenedRoot, headers: HeaderReading): Promise<void> {
    const settling = this.#settlingFiles(root);
    await this.#work(async () => {
      await headers.idle();
      const task = await this.#tasks.next();
      if (!task) return false;
      if (task.alone) await this.#probeAlone(root, task);
      else await settling.add(task, await this.#probeFile(root, task));
      await settling.decideDue();
      return true;
    });
    this.#reading.rests();
    await this.#work(() => settling.decideNext());
    await this.#writer.flush();
  }

  #settlingFiles(root: OpenedRoot): SettlingFiles {
    const { rootPath } = root;
    const { signal } = this.#stop;
    return new SettlingFiles({
      times: this.#environment.settling,
      read: (task) => this.#probeFile(root, task),
      look: (task) => versionNow(task, { rootPath, signal }),
      write: (report) => this.#writer.add(report),
      now: () => this.#environment.now(),
      wait: (milliseconds, task) => {
        this.#progress.update({ currentItem: task.path });
        return pause(milliseconds, signal);
      },
    });
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

  /**
   * Its report is written before anything else is read, so that it is not suspected of what comes after; one that is
   * still being written is therefore left for a later scan.
   */
  #probeAlone(root: OpenedRoot, task: ProbeTask): Promise<void> {
    return this.#environment.gate.alone(this.#stop.signal, async () => {
      await this.#sink.probeAlone({ ...this.#run, videoId: task.videoId });
      const first = await this.#read(root, task);
      const isSettled = first.doubt === null || first.doubt === 'young';
      const { doubt, report } = isSettled ? first : await this.#read(root, task);
      const isWhole = doubt === null || doubt === 'interrupted';
      await this.#write([isWhole ? report : { ...report, outcome: { kind: 'unsettled' } }]);
    });
  }

  #probeFile(root: OpenedRoot, task: ProbeTask): Promise<ProbedFile> {
    return this.#environment.gate.beside(this.#stop.signal, () => this.#read(root, task));
  }

  #read(root: OpenedRoot, task: ProbeTask): Promise<ProbedFile> {
    this.#progress.update({ currentItem: task.path });
    return probeFile(task, {
      rootPath: root.rootPath,
      stableInodes: root.stableInodes,
      prober: this.#environment.prober,
      signal: this.#stop.signal,
      now: this.#environment.now,
      settling: this.#environment.settling,
      confirmRoot: () => this.#confirmRoot(root),
    });
  }

  async #write(reports: ProbeReport[]): Promise<void> {
    this.#progress.update({ counts: await this.#sink.writeProbes({ ...this.#run, reports }) });
  }

  #confirmRoot({ rootPath, place }: OpenedRoot): Promise<void> {
    return abortable(this.#stop.signal, () => confirmRoot(rootPath, place.device));
  }
}
