import { FolderMinus, RefreshCw, ShieldCheck } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import type { Root } from '../../../shared/library';
import { useApp, useServices } from '../../services';
import { MENU_ITEM, MENU_LABEL, MENU_SEPARATOR } from '../../ui/menu';
import { isScanning } from '../jobs/jobs-slice';
import { scanRoot, verifyRoot } from '../jobs/start-jobs';
import { watchWords } from './folder-words';

/** How a folder is watched, and what can be done with it. */
export function FolderMenuItems({ root, onRemove }: { root: Root; onRemove: () => void }) {
  const services = useServices();
  const watch = useApp((state) => state.watches[root.rootId]);
  const settings = useApp((state) => state.settings);
  const scanning = useApp((state) => isScanning(state.jobs, root.rootId));
  const watchLine = watchWords(root, watch, settings);
  return (
    <>
      {watchLine !== null && (
        <ContextMenu.Label className={MENU_LABEL}>{watchLine}</ContextMenu.Label>
      )}
      <ContextMenu.Item
        className={MENU_ITEM}
        disabled={scanning}
        onSelect={() => void scanRoot(services, root)}
      >
        <RefreshCw aria-hidden />
        {scanning ? 'Scanning…' : 'Scan again'}
      </ContextMenu.Item>
      <ContextMenu.Item
        className={MENU_ITEM}
        disabled={!root.online || root.videoCount === 0}
        onSelect={() => void verifyRoot(services, root)}
      >
        <ShieldCheck aria-hidden />
        Verify videos
      </ContextMenu.Item>
      <ContextMenu.Separator className={MENU_SEPARATOR} />
      <ContextMenu.Item className={MENU_ITEM} onSelect={onRemove}>
        <FolderMinus aria-hidden />
        Remove from library…
      </ContextMenu.Item>
    </>
  );
}
