import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';

/** Has a video's images made again because the person does not like them; those of a file that is away are kept. */
export async function remakePreview({ api }: Pick<Services, 'api'>, id: number): Promise<void> {
  try {
    const { state } = await api.videos.get({ id });
    if (state !== 'ok') {
      showNotice('The preview can be made again when the video can be read.');
      return;
    }
    await api.previews.remake({ ids: [id] });
    showNotice('The preview is being made again.');
  } catch (thrown) {
    showError(thrown);
  }
}
