import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { isLive, isScanResult, type JobState, type JobStatus } from '../../src/shared/job';
import type { VitrineApp } from '../fixtures/vitrine-app';
import type { Folder } from './folders';
import type { Work } from './plan';
import { type Reference, withoutTime } from './reference';

/** A job that has not ended after this long will not. */
const JOB_MS = 90_000;

/** A scan that was asked for. */
export interface Submission {
  folder: Folder;
  work: Work;
  /** Null until an answer came. */
  jobId: string | null;
  /** The state that the person was told of when they paused or cancelled it. */
  promised?: JobState;
}

/** Every job that was ever acknowledged to the person, and what has to become of it. */
export class JobLedger {
  readonly #results: Reference['results'];
  readonly #acknowledged: string[] = [];
  /** Jobs of earlier rounds. */
  #earlier = new Set<string>();

  constructor({ results }: Reference) {
    this.#results = results;
  }

  get size(): number {
    return this.#acknowledged.length;
  }

  async submit(
    app: VitrineApp,
    folder: Folder,
    work: Work,
  ): Promise<Submission & { jobId: string }> {
    await app.grant(folder.path);
    const { jobId } = await app.ask('scan.start', { path: folder.path });
    this.acknowledge(jobId);
    return { folder, work, jobId };
  }

  acknowledge(jobId: string): void {
    this.#acknowledged.push(jobId);
  }

  /**
   * Asks again for what was not acknowledged, and waits until all jobs are over.
   * @returns what was lost, in words
   */
  async settle(app: VitrineApp, submissions: readonly Submission[]): Promise<string[]> {
    const losses: string[] = [];
    for (const submission of submissions) losses.push(...(await this.#takeUp(app, submission)));
    const jobs = await jobsAtEnd(app);
    const live = jobs.filter(({ state }) => isLive(state));
    losses.push(...live.map((job) => `${wordsOf(job)} after ${JOB_MS} ms`));
    for (const jobId of this.#acknowledged) {
      const job = await app.call('jobs.get', { jobId });
      if (!job.ok) losses.push(`job ${jobId}: ${job.error.code}`);
    }
    for (const submission of submissions) losses.push(...this.#wrongEnd(jobs, submission));
    this.#earlier = new Set(jobs.map(({ jobId }) => jobId));
    return losses;
  }

  /** What was paused goes on, what was cancelled or never acknowledged is asked for again. */
  async #takeUp(app: VitrineApp, submission: Submission): Promise<string[]> {
    const { folder, work, jobId, promised } = submission;
    if (jobId === null) {
      await this.submit(app, folder, work);
      return [];
    }
    const job = await app.ask('jobs.get', { jobId });
    if (job.state === 'paused') await app.ask('jobs.resume', { jobId });
    if (job.state === 'cancelled') await this.submit(app, folder, work);
    const kept = (promised !== 'paused' && promised !== 'cancelled') || job.state === promised;
    return kept ? [] : [`${wordsOf(job)}, and not ${promised}`];
  }

  /** The scan has to end as an undisturbed one does, with the same counts unless it was cancelled in between. */
  #wrongEnd(jobs: readonly JobStatus[], { folder, work }: Submission): string[] {
    // Newest first. One whose answer never came may be over by the time that it is asked for again.
    const ofRound = jobs.filter(
      ({ jobId, target }) => target === folder.path && !this.#earlier.has(jobId),
    );
    const first = ofRound.at(-1);
    const job = first?.state === 'cancelled' ? ofRound[0] : first;
    if (!job) return [`no job scans ${folder.path}`];
    if (job.state !== 'succeeded') return [wordsOf(job)];
    if (job !== first) return [];
    const result = job.result && isScanResult(job.result) ? withoutTime(job.result) : null;
    const expected = this.#results[work];
    if (isDeepStrictEqual(result, expected)) return [];
    return [`${wordsOf(job)} with ${JSON.stringify(result)}, not ${JSON.stringify(expected)}`];
  }
}

/** Polls until no job is live; errors while a process is being restarted are not the end. */
async function jobsAtEnd(app: VitrineApp): Promise<JobStatus[]> {
  const end = performance.now() + JOB_MS;
  for (;;) {
    const answer = await app.call('jobs.list', { limit: 500 });
    const jobs = answer.ok ? answer.value.jobs : null;
    if (jobs && !jobs.some(({ state }) => isLive(state))) return jobs;
    if (performance.now() > end) {
      if (jobs) return jobs;
      throw new Error(`The app lists no jobs any more: ${JSON.stringify(answer)}`);
    }
    await pause(25);
  }
}

function wordsOf({ jobId, target, state, reason }: JobStatus): string {
  return `job ${jobId} of ${target} is ${state}${reason ? ` (${reason})` : ''}`;
}
