import type { JobPriority } from '../../shared/job';
import type { WatchAnswer, WatchRequest } from '../../shared/media-protocol';

/** What a root needs of the other processes. */
export interface RootServices {
  /** Whether its drive is there; it may be at another path. */
  isRootBack(rootId: number): Promise<boolean>;
  watchRoot(request: WatchRequest): Promise<WatchAnswer>;
  unwatchRoot(rootId: number): Promise<unknown>;
  setRootOnline(rootId: number, online: boolean): Promise<unknown>;
  submitScan(rootId: number, priority: JobPriority): Promise<unknown>;
}
