import type { Root } from '../../../shared/library';
import { countOf } from '../../format/number';
import { useApp, useServices } from '../../services';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { showError } from '../../ui/error-toast';
import { ALL_VIDEOS } from '../browser/view-slice';

/** Asks before a folder is taken out of the library, and takes it out. */
export function RemoveFolderDialog({
  root,
  open,
  current,
  onClose,
}: {
  root: Root;
  open: boolean;
  /** Whether the folder is what the main area shows. */
  current: boolean;
  onClose: () => void;
}) {
  const services = useServices();
  const openPlace = useApp((state) => state.openPlace);

  const remove = async () => {
    try {
      await services.api.roots.remove({ rootId: root.rootId });
      if (current) openPlace(ALL_VIDEOS);
      services.store.getState().setSummary(await services.api.library.summary({}));
    } catch (thrown) {
      showError(thrown, root.name);
    }
  };

  return (
    <ConfirmDialog
      open={open}
      title={`Remove “${root.name}” from the library?`}
      confirm="Remove from library"
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <p>
        {countOf(root.videoCount, 'video')} will no longer be shown. The files themselves are not
        touched.
      </p>
      <p>Tags, ratings and notes are kept, and come back when you add the folder again.</p>
    </ConfirmDialog>
  );
}
