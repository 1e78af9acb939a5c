import { expect, it, vi } from 'vitest';
import { openFakeLibrary } from '../../testing/fake-services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';
import { makeMissingPreviews, scanRoot, verifyRoot, verifyVideos } from './start-jobs';

vi.mock('../../ui/error-toast');
vi.mock('../../ui/notice-toast');

const ROOT = { rootId: 1, name: 'Rome' };

it('a job that was started stands in the tray at once', async () => {
  const { services, state } = await openFakeLibrary({ roots: ['/media/Rome'], videos: 3 });
  await scanRoot(services, ROOT);
  await verifyRoot(services, ROOT);
  expect(state().jobs.map(({ kind, state: jobState }) => [kind, jobState])).toEqual([
    ['verify', 'queued'],
    ['scan', 'queued'],
  ]);
});

it('videos that the person says are gone are no question any more', async () => {
  const { services, state } = await openFakeLibrary({
    roots: ['/media/Rome'],
    unconfirmedMissing: 1234,
  });
  expect(state().summary?.roots[0]?.unconfirmedMissing).toBe(1234);
  await scanRoot(services, ROOT, { acceptMissing: true });
  await vi.waitFor(() => expect(state().summary?.roots[0]?.unconfirmedMissing).toBe(0));
});

it('a verified video tells what was found', async () => {
  const { services, state, bridge, api } = await openFakeLibrary({
    roots: ['/media/Rome'],
    videos: 3,
  });
  await verifyVideos(services, [3]);
  bridge.advance(10_000);
  await vi.waitFor(() => expect(state().jobs[0]?.state).toBe('succeeded'));
  expect(state().jobs[0]?.result).toMatchObject({ verified: 1, damaged: 1 });
  expect((await api.videos.get({ id: 3 })).verification?.outcome).toBe('damaged');
  expect((await api.videos.get({ id: 2 })).verification).toBeNull();
});

it('missing previews are made by a job, or there is a word that none are missing', async () => {
  const { services, state, api } = await openFakeLibrary({ roots: ['/media/Rome'] });
  await makeMissingPreviews(services);
  expect(showNotice).toHaveBeenCalledWith('No previews are missing.');
  expect(state().jobs).toEqual([]);
  const { jobId } = await api.scan.start({ rootId: 1 });
  vi.spyOn(api.previews, 'start').mockResolvedValueOnce({ jobId });
  await makeMissingPreviews(services);
  expect(state().jobs.map((job) => job.jobId)).toEqual([jobId]);
});

it('what cannot be started is told with the folder’s name', async () => {
  const { services } = await openFakeLibrary({ roots: ['/media/Rome'] });
  await verifyRoot(services, { rootId: 9, name: 'Oslo' });
  expect(showError).toHaveBeenCalledWith(
    expect.objectContaining({ code: 'ROOT_NOT_FOUND' }),
    'Oslo',
  );
});
