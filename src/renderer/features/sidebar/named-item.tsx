import { type LucideIcon, Pencil, Trash2 } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useState } from 'react';
import { useApp } from '../../services';
import { MENU_CONTENT, MENU_ITEM, MENU_SEPARATOR } from '../../ui/menu';
import { NameDialog } from '../../ui/name-dialog';
import { useAfterClose } from '../../ui/use-after-close';
import { SidebarItem } from './sidebar-item';

/** Something that the person made and named: a click shows its videos, its context menu renames and removes it. */
export function NamedItem({
  icon,
  kind,
  name,
  detail,
  queryOf,
  onRename,
  onRemove,
}: {
  icon: LucideIcon;
  /** In words: `tag`. */
  kind: string;
  name: string;
  detail: string | null;
  /** Finds the videos of what has a name. */
  queryOf: (name: string) => string;
  /** Answers whether it has the name now. */
  onRename: (name: string) => Promise<boolean>;
  onRemove: () => void;
}) {
  const [isNaming, setNaming] = useState(false);
  const { afterClose, onCloseAutoFocus } = useAfterClose();
  const showQuery = useApp((state) => state.showQuery);
  const query = queryOf(name);
  const current = useApp(({ openQuery }) => openQuery === query);
  const rename = async (newName: string) => {
    const isRenamed = await onRename(newName);
    if (current && isRenamed) showQuery(queryOf(newName));
  };
  return (
    <>
      <ContextMenu.Root modal={false}>
        <ContextMenu.Trigger asChild>
          <SidebarItem
            icon={icon}
            label={name}
            detail={detail}
            current={current}
            onClick={() => showQuery(query)}
          />
        </ContextMenu.Trigger>
        <ContextMenu.Portal>
          <ContextMenu.Content
            className={MENU_CONTENT}
            collisionPadding={8}
            onCloseAutoFocus={onCloseAutoFocus}
          >
            <ContextMenu.Item
              className={MENU_ITEM}
              onSelect={() => afterClose(() => setNaming(true))}
            >
              <Pencil aria-hidden />
              Rename…
            </ContextMenu.Item>
            <ContextMenu.Separator className={MENU_SEPARATOR} />
            <ContextMenu.Item className={MENU_ITEM} onSelect={onRemove}>
              <Trash2 aria-hidden />
              Remove {kind}
            </ContextMenu.Item>
          </ContextMenu.Content>
        </ContextMenu.Portal>
      </ContextMenu.Root>
      <NameDialog
        open={isNaming}
        title={`Rename the ${kind} “${name}”`}
        name={name}
        confirm="Rename"
        onConfirm={(newName) => void rename(newName)}
        onClose={() => setNaming(false)}
      />
    </>
  );
}
