import { type ErrorCode, VitrineError } from '../../shared/errors';
import { canTransition, isLive, type JobStatus, waitsAfterFailure } from '../../shared/job';
import { type JobTransition, type Lane, PREVIEW_LANE } from '../../shared/library-protocol';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings';
import type { AskLibrary } from '../jobs/ask-library';
import type { Timers } from '../timers';

const RANK = { low: -1, normal: 0, high: 1 } as const;

interface Row extends Pick<JobStatus, 'jobId' | 'kind' | 'state' | 'priority' | 'attempt'> {
  /** 0 for previews, which are of all. */
  rootId: number;
  lane: Lane;
  runToken: string | null;
  crashCount: number;
  transientFailures: number;
  waitingFor: JobStatus['waitingFor'];
  notBefore: number | null;
  reason: string | null;
  error: JobStatus['error'];
}

type Request = Record<string, never>;

/** The library's side of the protocol over an array: the same guards, no SQLite. */
export class JobRows {
  readonly rows: Row[] = [];
  readonly offline = new Set<number>();
  /** Drives of roots; one of its own where there is none. */
  readonly lanes = new Map<number, Lane>();
  /** Procedures in the order in which they were asked for. */
  readonly asked: string[] = [];
  settings: Settings = DEFAULT_SETTINGS;
  /** Every write fails with this. */
  unwritable: ErrorCode | null = null;
  /** Crashes are the doing of a file that the library found out. */
  explainsCrashes = false;
  readonly #timers: Timers;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  readonly ask: AskLibrary = async (name, request) => {
    this.asked.push(name);
    return this.#answer(name, request as unknown as Request) as never;
  };

  row(jobId: string): Row {
    const row = this.rows.find((candidate) => candidate.jobId === jobId);
    if (!row) throw new VitrineError('JOB_NOT_FOUND', jobId);
    return row;
  }

  status(jobId: string): JobStatus {
    const { runToken: _, lane: _lane, ...row } = this.row(jobId);
    return { ...row, phase: '', done: 0, total: null } as unknown as JobStatus;
  }

  /** What the media process has the library do at the end of a run. */
  succeed({ jobId, runToken }: { jobId: string; runToken: string }): void {
    this.#transition({ jobId, from: ['running'], to: 'succeeded', runToken });
  }

  #answer(name: string, request: Request): unknown {
    switch (name) {
      case 'getJob':
        return this.status(request['jobId'] ?? '');
      case 'listJobs':
        return this.rows.map(({ jobId }) => this.status(jobId)).reverse();
      case 'getSettings':
        return this.settings;
    }
    if (this.unwritable) throw new VitrineError(this.unwritable, 'It cannot be written.');
    switch (name) {
      case 'submitScan':
        return this.#submit('scan', request);
      case 'submitPreviews':
        return this.#submit('preview', request);
      case 'claimJob':
        return this.#claim(request as never);
      case 'transitionJob':
        return this.#transition(request as never);
      case 'setJobPriority':
        return this.#setPriority(request as never);
      case 'releaseWaiting':
        return this.#release(request as never);
      case 'removeRoot':
        return this.#removeRoot(request as never);
      case 'setRootOnline':
        this.offline.add(request['rootId'] ?? 0);
        return null;
      default:
        return null;
    }
  }

  #submit(
    kind: Row['kind'],
    { rootId = 0, priority }: { rootId?: number; priority?: Row['priority'] },
  ) {
    const live = this.rows.find((row) => row.rootId === rootId && isLive(row.state));
    if (live) {
      this.#transition({ jobId: live.jobId, from: ['waiting', 'paused'], to: 'queued' });
      return { jobId: live.jobId };
    }
    const jobId = `job-${this.rows.length + 1}`;
    this.rows.push({
      ...{ jobId, kind, rootId, state: 'queued', priority: priority ?? 'normal' },
      ...{ attempt: 0, runToken: null, crashCount: 0, transientFailures: 0 },
      ...{ waitingFor: null, notBefore: null, reason: null, error: null },
      lane: this.#laneOf(kind, rootId),
    });
    return { jobId };
  }

  #laneOf(kind: Row['kind'], rootId: number): Lane {
    const key = kind === 'preview' ? PREVIEW_LANE : `root ${rootId}`;
    return this.lanes.get(rootId) ?? { key, volume: 'unknown' };
  }

  #claim({ kinds, fullLanes }: { kinds: string[]; fullLanes: string[] }) {
    const [row] = this.rows
      .filter(({ kind }) => kinds.includes(kind))
      .filter(({ state, lane }) => state === 'queued' && !fullLanes.includes(lane.key))
      .sort((a, b) => RANK[b.priority] - RANK[a.priority]);
    if (!row) return null;
    row.state = 'running';
    row.attempt += 1;
    row.runToken = `${row.jobId} run ${row.attempt}`;
    return { ...row, payload: {}, rootPath: '/clips', extraExtensions: ['xyz'] };
  }

  #transition(request: JobTransition) {
    const { jobId, from, to, runToken, error, reason, crashed } = request;
    const row = this.row(jobId);
    const changed =
      from.includes(row.state) &&
      canTransition(row.state, to) &&
      (runToken === undefined || runToken === row.runToken);
    if (changed) {
      const wait = to === 'waiting' ? request : { waitingFor: null, notBefore: null };
      const { waitingFor, notBefore } = wait;
      Object.assign(row, { state: to, runToken: null, waitingFor, notBefore });
      Object.assign(row, { error: error ?? null, reason: reason ?? null });
      row.crashCount += crashed ? 1 : 0;
      row.transientFailures += waitsAfterFailure(waitingFor) ? 1 : 0;
    }
    return { changed, job: this.status(jobId), explained: this.explainsCrashes };
  }

  #setPriority({ jobId, priority }: Pick<Row, 'jobId' | 'priority'>) {
    const row = this.row(jobId);
    if (isLive(row.state)) row.priority = priority;
    return this.status(jobId);
  }

  #release({ rootIds }: { rootIds: number[] }) {
    const waiting = this.rows.filter(({ state }) => state === 'waiting');
    const due = waiting.filter(({ waitingFor, notBefore, rootId }) =>
      notBefore === null
        ? waitingFor === 'volume' && rootIds.includes(rootId)
        : notBefore <= this.#timers.now(),
    );
    for (const { jobId } of due) this.#transition({ jobId, from: ['waiting'], to: 'queued' });
    const still = waiting.filter((row) => !due.includes(row));
    const times = still.map(({ notBefore }) => notBefore).filter((time) => time !== null);
    const roots = still
      .filter(({ waitingFor }) => waitingFor === 'volume')
      .map(({ rootId }) => ({ rootId, place: { rootPath: `/root ${rootId}` } }));
    const nextDueAt = times.length > 0 ? Math.min(...times) : null;
    return { jobIds: due.map(({ jobId }) => jobId), nextDueAt, roots };
  }

  #removeRoot({ rootId }: { rootId: number }) {
    const live = this.rows.filter((row) => row.rootId === rootId && isLive(row.state));
    for (const { jobId, state } of live) {
      this.#transition({ jobId, from: [state], to: 'cancelled' });
    }
    return { cancelledJobIds: live.map(({ jobId }) => jobId) };
  }
}
