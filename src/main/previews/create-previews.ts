import { join } from 'node:path';
import { powerMonitor } from 'electron';
import type { Response as ContractResponse } from '../../shared/contract';
import { toErrorShape } from '../../shared/errors';
import type { JobStatus } from '../../shared/job';
import type { RunnableKind } from '../../shared/job-payload';
import type { Settings } from '../../shared/settings';
import type { Engine } from '../engine';
import { CLAIMED_KINDS, KINDS_WITHOUT_PREVIEWS } from '../jobs/runners';
import { SYSTEM_TIMERS } from '../timers';
import { BatteryHold } from './battery-hold';
import { isOnBatteryByKernel, PowerSource } from './power-source';
import { servePreview } from './preview-files';
import { PreviewService } from './preview-service';
import { ServedPreviews } from './served-previews';

const KERNEL_POWER_SUPPLIES = '/sys/class/power_supply';

/** All that main does about previews, on the engine's processes. */
export interface Previews {
  /** The app is ready. */
  start(): void;
  /** The library is open, also when it is again. */
  opened(): void;
  settingsChanged(settings: Settings): void;
  jobUpdated(status: JobStatus): void;
  foldersChanged(status: ContractResponse<'watch.status'>): void;
  /** Videos came on screen. */
  shown(): void;
  /** Pictures were thrown away. */
  cleared(): void;
  claimable(settings: Settings): readonly RunnableKind[];
  /** Answers `media://preview/…`. */
  respond(request: Request): Promise<Response>;
  stop(): Promise<void>;
}

export function createPreviews(engine: Engine, libraryPath: string): Previews {
  // The clock may be set; what has to happen after a while is not to wait for that.
  const timers = { ...SYSTEM_TIMERS, now: () => performance.now() };
  const service = new PreviewService({
    submit: () => engine.queue.submitPreviews({ priority: 'low', automatic: true }),
    timers,
  });
  const power = new PowerSource({
    look: async () =>
      process.platform === 'linux'
        ? isOnBatteryByKernel(KERNEL_POWER_SUPPLIES)
        : powerMonitor.isOnBatteryPower(),
    timers,
    onChange: () => {
      hold.powerChanged();
      // What was kept from being claimed may go on.
      engine.queue.wake();
    },
  });
  const hold = new BatteryHold({
    isOnBattery: () => power.isOnBattery,
    hold: (jobId, reason) => engine.queue.holdForPower(jobId, reason),
    release: (jobId) => engine.queue.release(jobId),
  });
  const served = new ServedPreviews({
    report: (tokens) => engine.ask('touchPreviews', { tokens }),
    timers,
  });
  const files = {
    folder: join(libraryPath, 'previews'),
    onServed: (token: string) => served.note(token),
  };
  const previews: Previews = {
    start: () => {
      powerMonitor.on('on-battery', () => power.tell(true));
      powerMonitor.on('on-ac', () => power.tell(false));
      void power.start();
    },
    opened: () => {
      service.opened();
      hold.opened();
      readState(engine, previews).catch((thrown) =>
        console.error('Looking after previews did not begin:', toErrorShape(thrown).message),
      );
    },
    settingsChanged: (settings) => {
      service.settingsChanged(settings);
      hold.settingsChanged(settings);
    },
    jobUpdated: (status) => {
      service.jobUpdated(status);
      hold.jobUpdated(status);
    },
    foldersChanged: (status) => service.foldersChanged(status),
    shown: () => service.shown(),
    cleared: () => service.cleared(),
    claimable: (settings) => (hold.forbids(settings) ? KINDS_WITHOUT_PREVIEWS : CLAIMED_KINDS),
    respond: (request) => servePreview(request, files),
    stop: async () => {
      power.stop();
      service.stop();
      await served.stop();
    },
  };
  return previews;
}

/** What an earlier session left, and what the person set. */
async function readState(engine: Engine, previews: Previews): Promise<void> {
  // The fewest that can be asked for: all that are not over come with them.
  for (const job of await engine.queue.list(1)) previews.jobUpdated(job);
  previews.settingsChanged(await engine.ask('getSettings', null));
}
