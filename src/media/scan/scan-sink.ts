import type { ScanSinkApi } from '../../shared/library-protocol';
import type { SinkOf } from '../sink';

/** The library's side of a scan. */
export type ScanSink = SinkOf<ScanSinkApi>;
