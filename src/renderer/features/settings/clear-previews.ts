import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';

/** Throws away all pictures. */
export async function clearPreviews({ api }: Pick<Services, 'api'>): Promise<void> {
  try {
    await api.previews.clear({});
    showNotice('The previews were cleared.');
  } catch (thrown) {
    showError(thrown, 'Previews');
  }
}
