import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connectFakeServices } from '../../testing/fake-services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';
import { restoreBackup } from './restore-backup';

vi.mock('../../ui/error-toast');
vi.mock('../../ui/notice-toast');
beforeEach(() => void vi.mocked(showNotice).mockClear());

describe('restoring a backup', () => {
  it('opens a library that was damaged', async () => {
    const { services, state, api } = connectFakeServices({
      failure: { code: 'LIBRARY_CORRUPT', message: 'malformed' },
      backups: 3,
    });
    await vi.waitFor(() => expect(state().status.state).toBe('failed'));
    const { backups } = await api.backups.list({});
    expect(backups.map(({ madeAtMs }) => madeAtMs)).toEqual(
      backups.map(({ madeAtMs }) => madeAtMs).sort((a, b) => b - a),
    );
    const [newest] = backups;
    if (!newest) throw new Error('There is no backup.');
    state().openPlace({ type: 'videos', scope: { type: 'root', rootId: 9 } });
    state().select(7, 0);
    await restoreBackup(services, newest);
    await vi.waitFor(() => expect(state().status.state).toBe('open'));
    await vi.waitFor(() => expect(state().settings).not.toBeNull());
    expect(state()).toMatchObject({ selectedId: null, place: { scope: { type: 'all' } } });
    expect(showNotice).toHaveBeenCalledOnce();
  });

  it('is told when it fails', async () => {
    const { services } = connectFakeServices({});
    const gone = { backupId: 'gone', madeAtMs: 0, sizeBytes: 0, videoCount: 0 };
    await restoreBackup(services, gone);
    expect(showError).toHaveBeenCalledWith(
      expect.objectContaining({ name: 'VitrineError' }),
      'Restore',
    );
    expect(showNotice).not.toHaveBeenCalled();
  });
});
