import type { IntervalHistogram } from 'node:perf_hooks';
import type { ElectronApplication } from 'playwright';

declare global {
  // In the main process of an app that is measured.
  var benchEventLoop: IntervalHistogram | undefined;
}

/** How long the event loop did nothing for a timer that was due, in milliseconds. */
export interface Gaps {
  medianMs: number;
  p99Ms: number;
  maxMs: number;
}

const RESOLUTION_MS = 2;

/** Watches the event loop of an app's main process, without a change of the app. @returns ends it and tells */
export async function watchEventLoop(electron: ElectronApplication): Promise<() => Promise<Gaps>> {
  await electron.evaluate((_electron, resolution) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    globalThis.benchEventLoop = monitorEventLoopDelay({ resolution });
    globalThis.benchEventLoop.enable();
  }, RESOLUTION_MS);
  return async () => {
    const nanoseconds = await electron.evaluate(() => {
      const histogram = globalThis.benchEventLoop;
      if (!histogram) throw new Error('The event loop was not watched.');
      histogram.disable();
      return [histogram.percentile(50), histogram.percentile(99), histogram.max] as const;
    });
    // What is recorded are the intervals between two looks of the timer, its own interval included.
    const [medianMs, p99Ms, maxMs] = nanoseconds.map((value) =>
      Math.max(0, value / 1e6 - RESOLUTION_MS),
    ) as [number, number, number];
    return { medianMs, p99Ms, maxMs };
  };
}
