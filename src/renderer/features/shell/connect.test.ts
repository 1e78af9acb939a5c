import { describe, expect, it, vi } from 'vitest';
import { connectFakeServices } from '../../testing/fake-services';
import { addDroppedFolders, chooseFolders } from '../sidebar/add-folders';

describe('the page and its library', () => {
  it('reads counts, folders, history and the first videos when it opens', async () => {
    const { state, videos } = connectFakeServices({ videos: 450, roots: ['/a', '/b'] });
    await vi.waitFor(() => expect(videos.shown?.total).toBe(450));
    await vi.waitFor(() =>
      expect(state().summary?.roots.map(({ name }) => name)).toEqual(['a', 'b']),
    );
    expect(videos.shown?.row(0)?.name).toBeDefined();
    expect(state().info?.platform).toBe('linux');
  });

  it('keeps the reason when the library does not open, and asks for no videos', async () => {
    const { state, videos } = connectFakeServices({
      failure: { code: 'LIBRARY_LOCKED', message: 'held' },
    });
    await vi.waitFor(() => expect(state().status.state).toBe('failed'));
    expect(videos.shown).toBeNull();
  });

  it('adds a chosen folder, opens it, and shows rows while the scan is running', async () => {
    const { state, services, bridge, videos } = connectFakeServices({
      choice: ['/media/Rome'],
      found: 300,
    });
    await chooseFolders(services);
    expect(state().place).toEqual({ type: 'videos', scope: { type: 'root', rootId: 1 } });
    bridge.advance(100);
    await vi.waitFor(() => expect(videos.shown?.total).toBe(100));
    expect(state().jobs[0]).toMatchObject({ state: 'running', done: 100, total: 300 });
    bridge.advance(200);
    await vi.waitFor(() => expect(videos.shown?.total).toBe(300));
    expect(state().jobs[0]?.state).toBe('succeeded');
    await vi.waitFor(() => expect(state().summary?.counts.all).toBe(300));
  });

  it('adds every dropped folder and opens the last one', async () => {
    const { state, services } = connectFakeServices({ choice: ['/media/Rome', '/media/Oslo'] });
    await addDroppedFolders(services, []);
    expect(
      state()
        .jobs.map(({ target }) => target)
        .sort(),
    ).toEqual(['/media/Oslo', '/media/Rome']);
    expect(state().place).toEqual({ type: 'videos', scope: { type: 'root', rootId: 2 } });
  });

  it('knows how each folder is watched', async () => {
    const { state } = connectFakeServices({ roots: ['/media/Rome', '/home/anna', '/mnt/offline'] });
    await vi.waitFor(() =>
      expect(Object.values(state().watches).map((watch) => watch.state)).toEqual([
        'watching',
        'timed',
        'offline',
      ]),
    );
  });

  it('follows the search', async () => {
    const { state, videos } = connectFakeServices({ videos: 450, roots: ['/a'] });
    await vi.waitFor(() => expect(videos.shown?.total).toBe(450));
    state().setSearchText('0450');
    state().applySearch();
    await vi.waitFor(() => expect(videos.shown?.total).toBe(1));
  });
});

describe('the client', () => {
  it('turns a failed result into a typed error', async () => {
    const { api } = connectFakeServices({});
    await expect(api.jobs.get({ jobId: 'nobody' })).rejects.toMatchObject({
      name: 'VitrineError',
      code: 'JOB_NOT_FOUND',
    });
  });
});
