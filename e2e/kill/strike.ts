import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright';
import {
  isForkServer,
  isProbe,
  type ProcessRef,
  processOf,
  processTree,
  signalProcess,
} from '../fixtures/processes';
import { utilityProcessId } from '../fixtures/vitrine-app';
import type { Round, Victim } from './plan';
import type { Random } from './random';

/** Longest look for an ffprobe child, in milliseconds: where none comes, the scan has nothing left to read. */
const PROBE_SEARCH_MS = 500;
/** Longest time between two killed ffprobe children, in milliseconds. */
const PROBE_GAP_MS = 25;

/** The faults of one round, and everything that has to be gone because of them. */
export class Strike {
  /** Signals that were delivered, by victim. */
  readonly faults = new Map<Victim, number>();
  /** Processes whose owner was killed: they may not outlive it. */
  readonly doomed: ProcessRef[] = [];
  readonly #random: Random;
  readonly #targets = new Map<Victim, ProcessRef>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Finds processes, so that nothing has to be asked when the moment has come. */
  async aim(victims: readonly Victim[], electron: ElectronApplication): Promise<void> {
    for (const victim of victims) {
      if (victim === 'ffprobe') continue;
      const pid =
        victim === 'main' ? electron.process().pid : await utilityProcessId(electron, victim);
      const target = pid === undefined ? null : processOf(pid);
      if (target) this.#targets.set(victim, target);
    }
  }

  /** Stops an ffprobe child in the middle of its work: now only a signal ends it. */
  async freezeProbe(): Promise<void> {
    const probe = await this.#find(() => this.#probes());
    if (probe && signalProcess(probe, 'SIGSTOP')) this.doomed.push(probe);
  }

  /** Waits until the last file is read: what is left of a scan are a few writes. */
  async untilAllIsRead(): Promise<void> {
    for (let idle = 0; idle < 3; await pause(2)) idle = this.#probes().length > 0 ? 0 : idle + 1;
  }

  /** Kills the victims one after the other. */
  async hit({ victims, gapMs, probes }: Round): Promise<void> {
    for (const [index, victim] of victims.entries()) {
      if (index > 0) await pause(gapMs);
      if (victim === 'ffprobe') await this.#killProbes(probes);
      else this.kill(victim);
    }
  }

  /** Kills a victim that was aimed at. One that has ended meanwhile is no fault. */
  kill(victim: Exclude<Victim, 'ffprobe'>): void {
    const target = this.#targets.get(victim);
    if (!target) return;
    const owned = processTree(target.pid);
    if (!signalProcess(target, 'SIGKILL')) return;
    this.doomed.push(...owned);
    this.#count(victim);
  }

  async #killProbes(count: number): Promise<void> {
    for (let killed = 0; killed < count; killed++) {
      const probe = await this.#find(() => this.#probesAndServers());
      if (!probe) return;
      if (signalProcess(probe, 'SIGKILL')) this.#count('ffprobe');
      await pause(this.#random.below(PROBE_GAP_MS));
    }
  }

  /** One of those that are there now or soon. */
  async #find(processes: () => readonly ProcessRef[]): Promise<ProcessRef | null> {
    const end = performance.now() + PROBE_SEARCH_MS;
    while (performance.now() < end) {
      const found = processes();
      const one = found[this.#random.below(found.length)];
      if (one) return one;
      await pause(1);
    }
    return null;
  }

  /** Those that read a file now. */
  #probes(): ProcessRef[] {
    return this.#ofMedia().filter(isProbe);
  }

  /** Also those that would start the next; none where nothing is read, since they wait there for seconds. */
  #probesAndServers(): ProcessRef[] {
    const all = this.#ofMedia();
    return all.some(isProbe) ? all.filter((one) => isProbe(one) || isForkServer(one)) : [];
  }

  #ofMedia(): ProcessRef[] {
    const media = this.#targets.get('media');
    return media ? processTree(media.pid) : [];
  }

  #count(victim: Victim): void {
    this.faults.set(victim, (this.faults.get(victim) ?? 0) + 1);
  }
}
