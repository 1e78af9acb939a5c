import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';

/** Has a video's images made again because the person does not like them. */
export async function remakePreview({ api }: Pick<Services, 'api'>, id: number): Promise<void> {
  try {
    await api.previews.remake({ ids: [id] });
    showNotice('The preview is being made again.');
  } catch (thrown) {
    showError(thrown);
  }
}
