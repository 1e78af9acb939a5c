import { toErrorShape } from '../../shared/errors';
import { isLive, type JobStatus } from '../../shared/job';
import type { Settings } from '../../shared/settings';

export interface BatteryHoldOptions {
  isOnBattery(): boolean;
  /** A queued or running job waits for power. */
  hold(jobId: string, reason: string): Promise<unknown>;
  /** It does not wait any longer. */
  release(jobId: string): Promise<unknown>;
}

const REASON =
  'The computer runs on its battery. Previews go on when it has mains power again, or when the settings allow them on battery.';

/**
 * Keeps the preview job waiting while the machine runs on its battery and the person wants no previews then. A person
 * who resumes it changes nothing about that: it waits again, for the same reason.
 */
export class BatteryHold {
  readonly #options: BatteryHoldOptions;
  #settings: Settings | null = null;
  /** The live job, as it was told last. */
  #job: JobStatus | null = null;

  constructor(options: BatteryHoldOptions) {
    this.#options = options;
  }

  /** Whether previews may not be made now. */
  forbids({ previewsOnBattery }: Settings): boolean {
    return !previewsOnBattery && this.#options.isOnBattery();
  }

  /** The library is open, perhaps another one than before: its jobs are told anew. */
  opened(): void {
    this.#job = null;
  }

  settingsChanged(settings: Settings): void {
    this.#settings = settings;
    this.#apply();
  }

  powerChanged(): void {
    this.#apply();
  }

  /** A job of any kind is another than before. */
  jobUpdated(status: JobStatus): void {
    if (status.kind !== 'preview') return;
    if (isLive(status.state)) this.#job = status;
    else if (status.jobId === this.#job?.jobId) this.#job = null;
    this.#apply();
  }

  /** What is done changes the job, of which is told in turn: it ends when nothing is to be done. */
  #apply(): void {
    if (!this.#settings || !this.#job) return;
    const { jobId, state, waitingFor } = this.#job;
    const isActive = state === 'queued' || state === 'running';
    const isHeld = state === 'waiting' && waitingFor === 'power';
    const { hold, release } = this.#options;
    const change = this.forbids(this.#settings)
      ? isActive && hold(jobId, REASON)
      : isHeld && release(jobId);
    if (!change) return;
    change.catch((thrown) => {
      // The library is being started again: what is told of the job afterwards brings us back here.
      console.error('Holding or releasing previews failed:', toErrorShape(thrown).message);
    });
  }
}
