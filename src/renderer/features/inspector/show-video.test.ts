import { describe, expect, it } from 'vitest';
import { openFakeLibrary } from '../../testing/fake-services';
import type { Place } from '../browser/view-slice';
import { showVideo } from './show-video';

const folder = (rootId: number): Place => ({ type: 'videos', scope: { type: 'root', rootId } });
const open = () => openFakeLibrary({ roots: ['/media/Rome', '/media/Rome 2'], videos: 4 });

describe('going to a video', () => {
  it('stays where the video can be shown', async () => {
    const { store, state } = await open();
    showVideo(store, { id: 3, path: '/media/Rome 2/a.mp4' });
    expect(state()).toMatchObject({ selectedId: 3, place: { scope: { type: 'all' } } });
    state().openPlace(folder(2));
    showVideo(store, { id: 3, path: '/media/Rome 2/a.mp4' });
    expect(state()).toMatchObject({ selectedId: 3, place: folder(2) });
    state().openPlace({ type: 'problems' });
    showVideo(store, { id: 3, path: '/media/Rome 2/a.mp4' });
    expect(state()).toMatchObject({ selectedId: 3, place: { type: 'problems' } });
  });

  it('opens the folder of a video that lies in another one', async () => {
    const { store, state } = await open();
    state().openPlace(folder(1));
    showVideo(store, { id: 3, path: '/media/Rome 2/a.mp4' });
    expect(state()).toMatchObject({ selectedId: 3, place: folder(2) });
  });
});
