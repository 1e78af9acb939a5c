import type { ScanSinkApi } from './library-protocol';
import type { PreviewSinkApi } from './preview-protocol';
import type { VerifySinkApi } from './verify-protocol';

/** All that the media process asks of the library over their direct port. */
export interface MediaSinkApi {
  procedures: ScanSinkApi['procedures'] &
    VerifySinkApi['procedures'] &
    PreviewSinkApi['procedures'];
  notifications: Record<never, never>;
}
