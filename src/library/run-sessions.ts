import { VitrineError } from '../shared/errors';
import type { JobTable, Run } from './jobs';
import type { Writer } from './writer';

/** What the runs of one kind of job hold in memory, a session each. */
export class RunSessions<Session extends Run> {
  readonly #jobs: JobTable;
  readonly #writer: Writer;
  readonly #sessions = new Map<string, Session>();

  constructor({ jobs, writer }: { jobs: JobTable; writer: Writer }) {
    this.#jobs = jobs;
    this.#writer = writer;
  }

  get all(): Iterable<Session> {
    return this.#sessions.values();
  }

  /** Takes the place of an earlier run of the job. */
  begin(session: Session): void {
    this.#sessions.set(session.jobId, session);
  }

  /** The job's run is over, however it ended. */
  forget(jobId: string): void {
    this.#sessions.delete(jobId);
  }

  /** The session of a run, whatever the job's row says by now. @throws STALE_RUN */
  of({ jobId, runToken }: Run): Session {
    const session = this.#sessions.get(jobId);
    if (session?.runToken !== runToken) {
      throw new VitrineError('STALE_RUN', `The run of job ${jobId} is over.`);
    }
    return session;
  }

  /** The session of a run that is still the job's. @throws STALE_RUN */
  current(run: Run): Session {
    const session = this.of(run);
    this.#jobs.requireRun(run);
    return session;
  }

  /** Writes in slices, each of which first makes sure that the run is still the job's. @throws STALE_RUN, the signal's reason */
  async writeInSlices<T>(
    session: Session,
    steps: Generator<void, T>,
    signal: AbortSignal,
  ): Promise<T> {
    try {
      return await this.#writer.runInSlices(steps, () => {
        signal.throwIfAborted();
        this.current(session);
      });
    } catch (thrown) {
      // Memory may be ahead of a slice that was rolled back: this run cannot go on.
      if (this.#sessions.get(session.jobId) === session) this.forget(session.jobId);
      throw thrown;
    }
  }
}
