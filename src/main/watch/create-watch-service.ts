import type { Engine } from '../engine';
import { SYSTEM_TIMERS } from '../timers';
import { WatchService, type WatchServiceOptions } from './watch-service';

/** A drive that hangs is not there. */
const PRESENCE_TIMEOUT_MS = 10_000;

/** The watch service on the engine's processes. */
export function createWatchService(
  engine: Engine,
  onChange: WatchServiceOptions['onChange'],
): WatchService {
  return new WatchService({
    services: {
      roots: () => engine.ask('watchableRoots', null),
      settings: () => engine.ask('getSettings', null),
      setRootOnline: (rootId, online) => engine.ask('setRootOnline', { rootId, online }),
      isRootBack: async (id) => {
        const { rootId: _, ...root } = await engine.ask('awaitedRoot', { rootId: id });
        return engine.askMedia('isRootBack', root, { timeoutMs: PRESENCE_TIMEOUT_MS });
      },
      watchRoot: (request) => engine.askMedia('watchRoot', request),
      unwatchRoot: (rootId) => engine.askMedia('unwatchRoot', { rootId }),
      submitScan: (rootId, priority) =>
        engine.queue.submit('submitScan', { rootId, priority, automatic: true }),
    },
    // The clock may be set; what has to happen after a while is not to wait for that.
    timers: { ...SYSTEM_TIMERS, now: () => performance.now() },
    onChange,
  });
}
