import { isLive, type JobStatus } from '../../shared/job';
import type { Output } from './output';
import { finishedText, progressText } from './scan-text';

/** Prints what happens to the followed jobs; updates of other jobs of the library are not this command's. */
export class JobFollower {
  /** Every job as it stood when it was over, or when only a person could make it go on. */
  readonly allFinished: Promise<JobStatus[]>;
  readonly #output: Output;
  readonly #live = new Set<string>();
  readonly #finished: JobStatus[] = [];
  #resolve: (jobs: JobStatus[]) => void = () => {};

  constructor(output: Output) {
    this.#output = output;
    this.allFinished = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** All at once, when all are submitted: otherwise the first to end would be taken for the last. */
  follow(jobIds: readonly string[]): void {
    for (const jobId of jobIds) this.#live.add(jobId);
  }

  update(status: JobStatus): void {
    if (!this.#live.has(status.jobId)) return;
    if (isLive(status.state) && !needsSomebody(status)) {
      if (this.#output.json) void this.#output.object({ type: 'status', ...status });
      else this.#output.progress(progressText(status));
      return;
    }
    this.#live.delete(status.jobId);
    this.#finished.push(status);
    if (this.#output.json) void this.#output.object({ type: 'finished', ...status });
    else void this.#output.line(finishedText(status));
    if (this.#live.size === 0) this.#resolve(this.#finished);
  }
}

/** A drive has to be plugged in or a disk to be cleared: a command does not wait for that, the job does. */
function needsSomebody({ waitingFor }: JobStatus): boolean {
  return waitingFor === 'volume' || waitingFor === 'storage';
}
