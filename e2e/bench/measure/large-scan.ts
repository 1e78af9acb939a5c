import type { VitrineApp } from '../../fixtures/vitrine-app';
import { SCALE } from '../scale';
import { followScan } from './app-scan';
import { type Gaps, watchEventLoop } from './event-loop';
import { type Handling, handle } from './handling';
import { type Milestones, milestonesOf } from './milestones';
import { type Usage, usageBetween, usageOf } from './process-usage';
import { timeScanStarts } from './start-calls';

const POLL_MS = 250;

/** What was seen of the app while it scanned a large folder and was used at the same time. */
export interface LargeScan extends Milestones {
  added: number;
  usage: Usage[];
  /** Of main, from the scan's start to its end. */
  eventLoop: Gaps;
  handling: Handling;
  /** Milliseconds from `scan.start` to the job's ID. */
  startCalls: number[];
  /** Whether the scan still ran when the last of it was measured. */
  outlasted: boolean;
}

/**
 * Scans a folder for the first time, and meanwhile scrolls, types, and asks for scans of other folders.
 * @param others folders with hardly anything in them, one a call
 */
export async function scanAndUse(
  app: VitrineApp,
  folder: string,
  others: string[],
): Promise<LargeScan> {
  await app.grant(folder);
  const before = await usageOf(app.electron);
  const endWatch = await watchEventLoop(app.electron);
  let over = false;
  const scan = followScan(app.page, folder, POLL_MS).finally(() => {
    over = true;
  });
  const [followed, used] = await Promise.all([scan, use()]);
  const eventLoop = await endWatch();
  return {
    ...milestonesOf(followed.samples),
    added: followed.result.added,
    usage: usageBetween(before, await usageOf(app.electron)),
    eventLoop,
    ...used,
  };

  async function use() {
    const handling = await handle(app.page, SCALE.handlingSeconds);
    const startCalls = await timeScanStarts(app, others);
    return { handling, startCalls, outlasted: !over };
  }
}
