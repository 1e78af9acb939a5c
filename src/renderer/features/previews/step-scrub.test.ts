import { describe, expect, it, vi } from 'vitest';
import { openFakeLibrary } from '../../testing/fake-services';
import { escapeStep } from '../shell/escape';
import { stepOf } from './scrub-keys';
import { stepScrub } from './step-scrub';

async function open() {
  const library = await openFakeLibrary({ videos: 60, roots: ['/media/anna/Holiday 2019'] });
  await vi.waitFor(() => expect(library.videos.shown?.total).toBe(60));
  return library;
}

describe('stepping through a filmstrip', () => {
  it('shows the first picture, then the next ones, with their times', async () => {
    const { services, state, previews } = await open();
    state().select(7, 6);
    await stepScrub(services, 1);
    expect(state().scrub).toMatchObject({ videoId: 7, frame: 0 });
    await stepScrub(services, 1);
    const token = services.videos.shown?.row(services.videos.shown.indexOf(7) ?? -1)?.preview
      ?.filmstrip;
    const layout = await previews.layout(7, token ?? '');
    expect(state().scrub).toEqual({ videoId: 7, frame: 1, seconds: layout?.times[1] });
  });

  it('begins with the last picture when it goes backwards', async () => {
    const { services, state } = await open();
    state().select(7, 6);
    await stepScrub(services, -1);
    const last = state().scrub?.frame;
    await stepScrub(services, 1);
    expect(last).toBeGreaterThan(0);
    expect(state().scrub?.frame).toBe(last);
  });

  it('does nothing where there is no filmstrip', async () => {
    const { services, state } = await open();
    await stepScrub(services, 1);
    expect(state().scrub).toBeNull();
    // Every 19th made-up video is a single picture.
    state().select(19, 18);
    await stepScrub(services, 1);
    expect(state().scrub).toBeNull();
  });

  it('ends when another video is selected, and is not begun for one that was left meanwhile', async () => {
    const { services, state } = await open();
    state().select(7, 6);
    await stepScrub(services, 1);
    state().moveTo(7, 8);
    expect(state().scrub).toBeNull();
    const step = stepScrub(services, 1);
    state().select(9, 8);
    await step;
    expect(state().scrub).toBeNull();
  });

  it('ends by Escape before anything else is left', async () => {
    const { services, state } = await open();
    state().select(7, 6);
    await stepScrub(services, 1);
    escapeStep(state())?.();
    expect(state()).toMatchObject({ scrub: null, selectedId: 7 });
  });

  it('is seen in the inspector where rows are too small for it', async () => {
    const { services, state } = await open();
    state().setInspectorShown(false);
    state().select(7, 6);
    await stepScrub(services, 1);
    expect(state().inspectorOpen).toBe(false);
    state().setMode('table');
    await stepScrub(services, 1);
    expect(state().inspectorOpen).toBe(true);
  });
});

describe('the keys', () => {
  const keys = { ctrlKey: false, metaKey: false, altKey: false };
  it('are . and , without a modifier of commands', () => {
    expect(stepOf({ ...keys, key: '.' })).toBe(1);
    expect(stepOf({ ...keys, key: ',' })).toBe(-1);
    expect(stepOf({ ...keys, key: ',', ctrlKey: true })).toBeNull();
    expect(stepOf({ ...keys, key: 'Home' })).toBeNull();
  });
});
