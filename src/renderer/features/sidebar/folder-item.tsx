import { Folder, FolderMinus, RefreshCw, Unplug } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { memo, useState } from 'react';
import type { Root } from '../../../shared/library';
import { countOf, formatCount } from '../../format/number';
import { useApp, useServices } from '../../services';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { showError } from '../../ui/error-toast';
import { MENU_CONTENT, MENU_ITEM, MENU_SEPARATOR } from '../../ui/menu';
import { ALL_VIDEOS } from '../browser/view-slice';
import { liveJobOfRoot } from '../jobs/jobs-slice';
import { scanRoot } from './add-folders';
import { SidebarItem } from './sidebar-item';

/** A folder of the library, with what can be done with it on its context menu. */
export const FolderItem = memo(function FolderItem({
  root,
  current,
}: {
  root: Root;
  current: boolean;
}) {
  const services = useServices();
  const [asking, setAsking] = useState(false);
  const openPlace = useApp((state) => state.openPlace);
  const scanning = useApp((state) => liveJobOfRoot(state.jobs, root.rootId) !== undefined);

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
    <>
      <ContextMenu.Root modal={false}>
        <ContextMenu.Trigger asChild>
          <SidebarItem
            icon={root.online ? Folder : Unplug}
            label={root.name}
            title={root.online ? root.path : `${root.path} (not connected)`}
            detail={root.online ? formatCount(root.videoCount) : 'offline'}
            dimmed={!root.online}
            current={current}
            onClick={() =>
              openPlace({ type: 'videos', scope: { type: 'root', rootId: root.rootId } })
            }
          />
        </ContextMenu.Trigger>
        <ContextMenu.Portal>
          <ContextMenu.Content className={MENU_CONTENT} collisionPadding={8}>
            <ContextMenu.Item
              className={MENU_ITEM}
              disabled={scanning}
              onSelect={() => void scanRoot(services, root.rootId, root.name)}
            >
              <RefreshCw aria-hidden />
              {scanning ? 'Scanning…' : 'Scan again'}
            </ContextMenu.Item>
            <ContextMenu.Separator className={MENU_SEPARATOR} />
            <ContextMenu.Item className={MENU_ITEM} onSelect={() => setAsking(true)}>
              <FolderMinus aria-hidden />
              Remove from library…
            </ContextMenu.Item>
          </ContextMenu.Content>
        </ContextMenu.Portal>
      </ContextMenu.Root>
      <ConfirmDialog
        open={asking}
        title={`Remove “${root.name}” from the library?`}
        confirm="Remove from library"
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      >
        <p>
          {countOf(root.videoCount, 'video')} will no longer be shown. The files themselves are not
          touched.
        </p>
        <p>Tags, ratings and notes are kept, and come back when you add the folder again.</p>
      </ConfirmDialog>
    </>
  );
});
