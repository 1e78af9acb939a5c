import { expect, onTestFinished, vi } from 'vitest';
import { VitrineError } from '../../shared/errors';
import type { JobState, JobStatus } from '../../shared/job';
import type { ScanRequest } from '../../shared/media-protocol';
import { JobQueue, type JobQueueOptions } from '../jobs/job-queue';
import { CLAIMED_KINDS, type MediaPeer } from '../jobs/runners';
import { JobRows } from './job-rows';
import { ManualTimers } from './manual-timers';

/** What the media process does with a scan. */
export type RunScan = (request: ScanRequest, signal: AbortSignal) => Promise<unknown>;

/** A queue between a library and a media process that the test plays, on a clock that the test moves. */
export function queueSetup(
  options: { cores?: number; claimable?: JobQueueOptions['claimable'] } = {},
) {
  const timers = new ManualTimers();
  const rows = new JobRows(timers);
  const runs: ScanRequest[] = [];
  const updates: JobStatus[] = [];
  /** Roots whose drive is there again. */
  const back = new Set<number>();
  const looks: string[] = [];
  let killMedia = new AbortController();
  let replaced = 0;
  let explained = 0;
  let runScan: RunScan = hangs;

  const media = {
    call: (name: string, request: never, call: { signal?: AbortSignal }) => {
      if (name === 'isRootBack') {
        const { rootPath } = (request as { place: { rootPath: string } }).place;
        looks.push(rootPath);
        return Promise.resolve([...back].some((rootId) => rootPath === `/root ${rootId}`));
      }
      runs.push(request);
      return untilKilled(runScan(request, call.signal ?? new AbortController().signal), killMedia);
    },
  } as unknown as MediaPeer;

  const queue = new JobQueue({
    ask: rows.ask,
    media: async () => media,
    replaceMedia: () => {
      replaced++;
      killMedia.abort();
      killMedia = new AbortController();
    },
    claimable: options.claimable ?? (() => CLAIMED_KINDS),
    onUpdate: (status) => updates.push(status),
    onCrashExplained: () => {
      explained++;
    },
    timers,
    random: () => 0.5,
    cores: options.cores ?? 4,
  });
  queue.start();
  onTestFinished(() => {
    const stopped = queue.stop();
    killMedia.abort();
    return stopped;
  });

  return {
    ...{ queue, rows, timers, runs, updates, back, looks },
    replaced: () => replaced,
    explained: () => explained,
    /** What scans do from now on. */
    media: (next: RunScan) => {
      runScan = next;
    },
    succeeds: (async (request) => rows.succeed(request)) satisfies RunScan as RunScan,
    submit: async (rootId: number) => (await queue.submit('submitScan', { rootId })).jobId,
    state: (jobId: string, state: JobState) =>
      vi.waitFor(() => expect(rows.row(jobId).state).toBe(state)),
    /** Every request that is on its way is answered, whatever follows from it as well. */
    settled: async () => {
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    },
  };
}

/** Runs until it is aborted. */
export const hangs: RunScan = (_request, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new VitrineError('CANCELLED', 'aborted')));
  });

/** Does not react to anything. */
export const isStuck: RunScan = () => new Promise(() => undefined);

export const failsWith =
  (code: VitrineError['code']): RunScan =>
  async () => {
    throw new VitrineError(code, code);
  };

/** Runs until the test lets it fail. */
export function failsLater(): { run: RunScan; fail(code: VitrineError['code']): void } {
  let reject: (error: VitrineError) => void = () => undefined;
  return {
    run: () =>
      new Promise((_resolve, rejectRun) => {
        reject = rejectRun;
      }),
    fail: (code) => reject(new VitrineError(code, code)),
  };
}

function untilKilled(run: Promise<unknown>, { signal }: AbortController): Promise<unknown> {
  const killed = new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new VitrineError('WORKER_CRASHED', 'killed')));
  });
  return Promise.race([run, killed]);
}
