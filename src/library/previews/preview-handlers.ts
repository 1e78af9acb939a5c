import type { LibraryApi } from '../../shared/library-protocol';
import type { PreviewSinkApi } from '../../shared/preview-protocol';
import type { RpcHandlers } from '../../shared/rpc';
import type { LibraryHolder } from '../library-holder';
import { MICROSECONDS } from '../video-row';

type PreviewProcedure =
  | 'submitPreviews'
  | 'getFilmstrip'
  | 'touchPreviews'
  | 'remakePreviews'
  | 'setPoster'
  | 'previewCache'
  | 'clearPreviews'
  | 'savePosition';

/** What main asks of pictures and of where playing stopped. */
export function previewHandlers(
  holder: LibraryHolder,
): Pick<RpcHandlers<LibraryApi>, PreviewProcedure> {
  return {
    submitPreviews: (options) => {
      const { library } = holder;
      return library.write(() => library.previews.submit(options));
    },
    getFilmstrip: (request, { signal }) =>
      holder.library.readers.call('getFilmstrip', request, { signal }),
    touchPreviews: ({ tokens }) => {
      holder.library.previews.touch(tokens);
      return null;
    },
    remakePreviews: async ({ videoIds }) => {
      await holder.library.previews.remake(videoIds);
      return null;
    },
    setPoster: ({ id, atSeconds }) => {
      const { library } = holder;
      library.write(() => library.previews.setPoster(id, inMicroseconds(atSeconds)));
      library.changes.noteNow();
      return null;
    },
    previewCache: async (_, { signal }) => {
      const { previews, readers } = holder.library;
      const counts = await readers.call('countDuePreviews', null, { signal });
      const sum = (due: 'posters' | 'filmstrips') =>
        counts.reduce((total, root) => total + root[due], 0);
      return { ...previews.totals, due: sum('posters'), withoutFilmstrip: sum('filmstrips') };
    },
    clearPreviews: async () => {
      await holder.library.previews.clear();
      return null;
    },
    savePosition: ({ id, seconds }) => {
      const { library } = holder;
      library.write(() => library.previews.setPosition(id, inMicroseconds(seconds)));
      library.changes.note();
      return null;
    },
  };
}

/** What the media process asks while it makes previews. */
export function previewSinkHandlers(holder: LibraryHolder): RpcHandlers<PreviewSinkApi> {
  const sink = () => holder.library.previews.sink;
  return {
    beginPreviews: (request, context) => sink().beginPreviews(request, context),
    takePreviewTasks: (request, context) => sink().takePreviewTasks(request, context),
    writePreviews: (request, context) => sink().writePreviews(request, context),
    finishPreviews: (request, context) => sink().finishPreviews(request, context),
  };
}

function inMicroseconds(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * MICROSECONDS);
}
