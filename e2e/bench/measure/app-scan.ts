import type { Page } from 'playwright';
import { isScanResult, type ScanResult } from '../../../src/shared/job';
import type { JobSample } from './milestones';

/** A scan that is over. */
export interface FollowedScan {
  samples: JobSample[];
  result: ScanResult;
}

/** While ffprobe reads, which takes long, asking often would only slow it down. */
const PROBING_POLL_MS = 100;

/**
 * Starts the scan of a folder that the page may name, and asks for its status every `intervalMs` milliseconds until it is
 * over, more seldom once all rows have quick facts; all in the page: nothing waits for the bench meanwhile.
 */
export async function followScan(
  page: Page,
  path: string,
  intervalMs: number,
): Promise<FollowedScan> {
  const ended = await page.evaluate(
    async ([folder, interval, probingInterval]) => {
      const startedAt = performance.now();
      const started = await window.vitrine.scan.start({ path: folder });
      if (!started.ok) throw new Error(started.error.message);
      const samples: JobSample[] = [];
      for (;;) {
        const answer = await window.vitrine.jobs.get(started.value);
        if (!answer.ok) throw new Error(answer.error.message);
        const { phase, quick, state, result } = answer.value;
        samples.push({ atMs: performance.now() - startedAt, phase, quick });
        if (state !== 'queued' && state !== 'running') return { samples, state, result };
        const probes = phase === 'probing' && (quick?.done ?? 0) >= (quick?.discovered ?? 0);
        const pause = probes ? probingInterval : interval;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    },
    [path, intervalMs, Math.max(intervalMs, PROBING_POLL_MS)] as const,
  );
  if (ended.state !== 'succeeded' || ended.result === null || !isScanResult(ended.result)) {
    throw new Error(`The scan of ${path} ended as ${ended.state}.`);
  }
  return { samples: ended.samples, result: ended.result };
}
