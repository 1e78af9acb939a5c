import { describe, expect, it, vi } from 'vitest';
import { VitrineError } from '../../../shared/errors';
import { openFakeLibrary } from '../../testing/fake-services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';
import { copyProblemReport, dismissProblems, retryProblems } from './problem-actions';

vi.mock('../../ui/error-toast');
vi.mock('../../ui/notice-toast');

/** Every 37th made-up video cannot be read. */
const open = () =>
  openFakeLibrary({ roots: ['/media/Rome', '/media/Oslo'], videos: 120, found: 10 });

describe('problems', () => {
  it('that are read again are gone once their folders were scanned', async () => {
    const { services, state, bridge, api } = await open();
    expect(state().summary?.counts.problems).toBe(3);
    await retryProblems(services, { all: true });
    expect(
      state()
        .jobs.map(({ target }) => target)
        .sort(),
    ).toEqual(['/media/Oslo', '/media/Rome']);
    expect(showNotice).toHaveBeenCalledWith('Reading all files with problems again');
    bridge.advance(10);
    await vi.waitFor(() => expect(state().summary?.counts.problems).toBe(0));
    expect((await api.problems.list({ after: null, limit: 10 })).problems).toEqual([]);
  });

  it('can be read again one by one', async () => {
    const { services, state } = await open();
    await retryProblems(services, { ids: [37] });
    expect(state().jobs).toHaveLength(1);
    expect(showNotice).toHaveBeenCalledWith('Reading 1 file again');
  });

  it('that are dismissed leave the list, but stay what they are', async () => {
    const { services, state, api } = await open();
    await dismissProblems(services, { ids: [37, 74] });
    await vi.waitFor(() => expect(state().summary?.counts.problems).toBe(1));
    expect((await api.videos.get({ id: 37 })).state).toBe('unreadable');
    await dismissProblems(services, { all: true });
    await vi.waitFor(() => expect(state().summary?.counts.problems).toBe(0));
  });

  it('say that their report is on the clipboard', async () => {
    const { services } = await open();
    await copyProblemReport(services, { ids: [37, 74] });
    expect(showNotice).toHaveBeenCalledWith('Report on 2 files copied');
  });

  it('that could not be read again are told, and nothing is promised', async () => {
    const { services, api } = await open();
    vi.mocked(showNotice).mockClear();
    vi.spyOn(api.problems, 'retry').mockRejectedValue(new VitrineError('DISK_FULL', 'ENOSPC'));
    await retryProblems(services, { all: true });
    expect(showError).toHaveBeenCalledWith(expect.objectContaining({ code: 'DISK_FULL' }));
    expect(showNotice).not.toHaveBeenCalled();
  });
});
