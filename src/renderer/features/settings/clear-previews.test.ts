import { expect, it, vi } from 'vitest';
import { VitrineError } from '../../../shared/errors';
import { createApi } from '../../api';
import { createFakeBridge } from '../../testing/fake-bridge';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';
import { clearPreviews } from './clear-previews';

vi.mock('../../ui/error-toast');
vi.mock('../../ui/notice-toast');

it('clearing previews says when it is done, or why it could not be', async () => {
  const api = createApi(createFakeBridge());
  await clearPreviews({ api });
  expect(showNotice).toHaveBeenCalledWith('The previews were cleared.');
  vi.spyOn(api.previews, 'clear').mockRejectedValueOnce(new VitrineError('LIBRARY_IO', 'EIO'));
  await clearPreviews({ api });
  expect(showNotice).toHaveBeenCalledTimes(1);
  expect(showError).toHaveBeenCalledWith(
    expect.objectContaining({ code: 'LIBRARY_IO' }),
    'Previews',
  );
});
