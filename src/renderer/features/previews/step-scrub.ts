import type { Preview } from '../../../shared/preview';
import type { Services } from '../../services';
import { frameAfterStep } from './filmstrip-frames';

/** Shows the selected video's next or previous picture of its filmstrip; nothing where it has none. */
export async function stepScrub(services: Services, step: 1 | -1): Promise<void> {
  const { previews, store } = services;
  const { selectedId } = store.getState();
  if (selectedId === null) return;
  const token = (await findPreview(services, selectedId))?.filmstrip ?? null;
  const layout = token === null ? null : await previews.layout(selectedId, token);
  const { scrub, selectedId: stillSelected, showFrame } = store.getState();
  if (!layout || stillSelected !== selectedId) return;
  const frame = frameAfterStep(scrub?.frame ?? null, step, layout.times.length);
  const seconds = layout.times[frame];
  if (seconds === undefined) return;
  showFrame({ videoId: selectedId, frame, seconds });
  // Rows of the table are too small for it.
  if (store.getState().mode === 'table') store.getState().setInspectorShown(true);
}

/** Of the row if it is loaded; the inspector may show a video that no loaded row is. */
async function findPreview(
  { api, videos: { shown } }: Services,
  id: number,
): Promise<Preview | null> {
  const index = shown?.indexOf(id) ?? null;
  const row = index === null ? undefined : shown?.row(index);
  if (row) return row.preview;
  // Nobody waits for an answer: without one there is nothing to step through.
  return api.videos.get({ id }).then(
    ({ preview }) => preview,
    () => null,
  );
}
