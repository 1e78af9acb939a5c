import type { ProbeReport, ProbeTask } from '../../shared/library-protocol';
import { type FileVersion, isSameVersion } from './file-system';
import type { DoubtfulFile, ProbedFile } from './probe-file';
import { type SettlingTimes, settlingTime } from './settling-times';

export interface SettlingFilesOptions {
  times: SettlingTimes;
  read(task: ProbeTask): Promise<ProbedFile>;
  /** The file as it is now; null when it cannot be looked at. */
  look(task: ProbeTask): Promise<FileVersion | null>;
  write(report: ProbeReport): Promise<void>;
  now(): number;
  /** Called when there is nothing to do but to wait for `task`. */
  wait(milliseconds: number, task: ProbeTask): Promise<void>;
}

/** A file that was read, but may not have been whole. */
interface HeldFile {
  task: ProbeTask;
  probed: DoubtfulFile;
  /** When it has been left alone for long enough, unless it changes again. */
  dueAt: number;
}

/**
 * Sees to it that nothing is written of a file that is still being written: what was read is kept back until the file
 * has come to rest, and read again if it changed. A file that does not come to rest is left for a later scan.
 */
export class SettlingFiles {
  readonly #options: SettlingFilesOptions;
  readonly #held = new Set<HeldFile>();
  #deadline = Number.POSITIVE_INFINITY;

  constructor(options: SettlingFilesOptions) {
    this.#options = options;
  }

  /** Takes what was read of a file. */
  async add(task: ProbeTask, probed: ProbedFile): Promise<void> {
    if (probed.doubt) this.#hold(task, probed);
    else await this.#options.write(probed.report);
  }

  /** Decides about one file that has been left alone for long enough by now, if there is one. */
  async decideDue(): Promise<void> {
    const first = this.#first();
    if (first && first.dueAt <= this.#options.now()) await this.#decide(first);
  }

  /**
   * Waits until it can be decided about a file, and does. May be called side by side. Patience begins with the first
   * call: past it the files are left as they are. It begins anew when the clock is put back.
   * @returns false when there is none left
   */
  async decideNext(): Promise<boolean> {
    const { times, now, wait, write } = this.#options;
    for (let first = this.#first(); first; first = this.#first()) {
      this.#deadline = Math.min(this.#deadline, now() + times.patienceMs);
      const isDue = first.dueAt <= now();
      if (this.#deadline <= now() && (!isDue || first.probed.doubt === 'changing')) {
        this.#held.delete(first);
        await write({ ...first.probed.report, outcome: { kind: 'unsettled' } });
        return true;
      }
      if (isDue) {
        await this.#decide(first);
        return true;
      }
      await wait(Math.min(first.dueAt, this.#deadline) - now(), first.task);
    }
    return false;
  }

  /** The file that is due first. */
  #first(): HeldFile | null {
    let first: HeldFile | null = null;
    for (const held of this.#held) {
      if (!first || held.dueAt < first.dueAt) first = held;
    }
    return first;
  }

  async #decide(held: HeldFile): Promise<void> {
    const { look, read, write } = this.#options;
    const { task, probed } = held;
    this.#held.delete(held);
    const version = await look(task);
    if (version && !isSameVersion(version, probed.version)) {
      // What was read is out of date, whatever the doubt was before.
      this.#hold(task, { ...probed, doubt: 'changing', version });
      return;
    }
    if (version && probed.doubt === 'young') return write(probed.report);
    const again = await read(task);
    // A reading that is ended by somebody else every time is not repeated for ever.
    const isFinal = again.doubt === 'interrupted' && probed.doubt === 'interrupted';
    if (again.doubt && !isFinal) this.#hold(task, again);
    else await write(again.report);
  }

  #hold(task: ProbeTask, probed: DoubtfulFile): void {
    this.#held.add({ task, probed, dueAt: this.#dueAt(probed) });
  }

  #dueAt({ doubt, report, version }: DoubtfulFile): number {
    const { times, now } = this.#options;
    if (doubt !== 'young') return now() + times.readableMs;
    return version.mtimeMs + settlingTime(times, report.outcome.kind === 'unreadable');
  }
}
