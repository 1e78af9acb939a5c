import { VitrineError } from '../shared/errors';
import type { LibraryApi } from '../shared/library-protocol';
import type { PreviewSinkApi } from '../shared/preview-protocol';
import type { RpcHandlers } from '../shared/rpc';

type PreviewProcedure =
  | 'submitPreviews'
  | 'getFilmstrip'
  | 'touchPreviews'
  | 'remakePreviews'
  | 'setPoster'
  | 'previewCache'
  | 'clearPreviews'
  | 'savePosition';

const missing = (): never => {
  throw new VitrineError('INTERNAL', 'Not there yet.');
};

/** To be written by w-library; only so that the others compile. */
export function previewHandlers(): Pick<RpcHandlers<LibraryApi>, PreviewProcedure> {
  return {
    submitPreviews: () => null,
    getFilmstrip: missing,
    touchPreviews: () => null,
    remakePreviews: missing,
    setPoster: missing,
    previewCache: missing,
    clearPreviews: missing,
    savePosition: missing,
  };
}

export function previewSinkHandlers(): RpcHandlers<PreviewSinkApi> {
  return {
    beginPreviews: missing,
    takePreviewTasks: missing,
    writePreviews: missing,
    finishPreviews: missing,
  };
}
