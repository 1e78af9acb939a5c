import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toErrorShape } from '../../shared/errors';
import type { Timers } from '../timers';

/** Not every system tells when the plug is pulled: Electron's events come on macOS, and half of them on Windows. */
const LOOK_INTERVAL_MS = 15_000;

export interface PowerSourceOptions {
  /** Whether the machine runs on its battery; null where that cannot be known. */
  look(): Promise<boolean | null>;
  timers: Timers;
  /** It is another source than before. */
  onChange(): void;
}

/** Knows whether the machine runs on its battery. */
export class PowerSource {
  readonly #options: PowerSourceOptions;
  #isOnBattery = false;
  #timer: unknown = null;
  #stopped = false;

  constructor(options: PowerSourceOptions) {
    this.#options = options;
  }

  get isOnBattery(): boolean {
    return this.#isOnBattery;
  }

  /** Looks now and from time to time. Resolves when it has looked once; never fails. */
  async start(): Promise<void> {
    try {
      const isOnBattery = await this.#options.look();
      if (isOnBattery !== null) this.tell(isOnBattery);
    } catch (thrown) {
      console.error('Looking for the power source failed:', toErrorShape(thrown).message);
    }
    if (this.#stopped) return;
    this.#timer = this.#options.timers.setTimeout(() => void this.start(), LOOK_INTERVAL_MS);
  }

  /** The system told it. */
  tell(isOnBattery: boolean): void {
    if (isOnBattery === this.#isOnBattery || this.#stopped) return;
    this.#isOnBattery = isOnBattery;
    this.#options.onChange();
  }

  stop(): void {
    this.#stopped = true;
    this.#options.timers.clearTimeout(this.#timer);
  }
}

/**
 * What Linux says of its power supplies, which Electron does not ask. Batteries of mice and keyboards do not count.
 * @param folder the kernel's list of them
 */
export async function isOnBatteryByKernel(folder: string): Promise<boolean | null> {
  const names = await readdir(folder).catch(() => []);
  const supplies = await Promise.all(
    names.map(async (name) => {
      const read = (file: string) =>
        readFile(join(folder, name, file), 'utf8').then(
          (text) => text.trim(),
          // A supply has only the files that make sense for it.
          () => null,
        );
      const [type, scope, status, online] = await Promise.all(
        ['type', 'scope', 'status', 'online'].map(read),
      );
      return { type, isDevice: scope === 'Device', status, online };
    }),
  );
  if (supplies.some(({ type, online }) => type === 'Mains' && online === '1')) return false;
  const batteries = supplies.filter(({ type, isDevice }) => type === 'Battery' && !isDevice);
  if (batteries.length === 0) return null;
  return batteries.some(({ status }) => status === 'Discharging');
}
