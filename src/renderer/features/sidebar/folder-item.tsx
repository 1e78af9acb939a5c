import { Folder, Unplug } from 'lucide-react';
import { ContextMenu, Tooltip } from 'radix-ui';
import { memo, useState } from 'react';
import type { Root } from '../../../shared/library';
import { countOf, formatCount } from '../../format/number';
import { useApp } from '../../services';
import { FactList } from '../../ui/fact-list';
import { MENU_CONTENT } from '../../ui/menu';
import { useAfterClose } from '../../ui/use-after-close';
import { FolderMenuItems } from './folder-menu';
import { folderFacts } from './folder-words';
import { RemoveFolderDialog } from './remove-folder-dialog';
import { SidebarItem } from './sidebar-item';

/** A folder of the library: what is known of it in its tooltip, what can be done with it on its context menu. */
export const FolderItem = memo(function FolderItem({
  root,
  current,
}: {
  root: Root;
  current: boolean;
}) {
  const [asking, setAsking] = useState(false);
  const { afterClose, onCloseAutoFocus } = useAfterClose();
  const openPlace = useApp((state) => state.openPlace);
  const toConfirm = root.unconfirmedMissing;
  return (
    <>
      <Tooltip.Root>
        <ContextMenu.Root modal={false}>
          <Tooltip.Trigger asChild>
            <ContextMenu.Trigger asChild>
              <SidebarItem
                icon={root.online ? Folder : Unplug}
                label={root.name}
                detail={root.online ? formatCount(root.videoCount) : 'offline'}
                dimmed={!root.online}
                current={current}
                {...(toConfirm > 0 && { mark: `${countOf(toConfirm, 'video')} not found` })}
                onClick={() =>
                  openPlace({ type: 'videos', scope: { type: 'root', rootId: root.rootId } })
                }
              />
            </ContextMenu.Trigger>
          </Tooltip.Trigger>
          <ContextMenu.Portal>
            <ContextMenu.Content
              className={MENU_CONTENT}
              collisionPadding={8}
              onCloseAutoFocus={onCloseAutoFocus}
            >
              <FolderMenuItems root={root} onRemove={() => afterClose(() => setAsking(true))} />
            </ContextMenu.Content>
          </ContextMenu.Portal>
        </ContextMenu.Root>
        <FolderTooltip root={root} />
      </Tooltip.Root>
      <RemoveFolderDialog
        root={root}
        open={asking}
        current={current}
        onClose={() => setAsking(false)}
      />
    </>
  );
});

function FolderTooltip({ root }: { root: Root }) {
  return (
    <Tooltip.Portal>
      <Tooltip.Content
        side="right"
        align="start"
        sideOffset={8}
        collisionPadding={8}
        className="floating z-50 max-w-90 p-3 text-small text-text"
      >
        <p className="mb-2 wrap-anywhere">{root.path}</p>
        <Facts root={root} />
      </Tooltip.Content>
    </Tooltip.Portal>
  );
}

/** Asks for what it needs only while it is seen. */
function Facts({ root }: { root: Root }) {
  const watch = useApp((state) => state.watches[root.rootId]);
  const settings = useApp((state) => state.settings);
  return <FactList facts={folderFacts(root, watch, settings, Date.now())} />;
}
