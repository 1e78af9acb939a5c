import { X } from 'lucide-react';
import { useApp, useServices } from '../../services';
import { classes } from '../../ui/classes';
import { IconButton } from '../../ui/icon-button';
import { MiddleTruncated } from '../../ui/middle-truncated';
import { playerKeyLabel } from './player-keys';

/** What plays, and the way out. */
export function PlayerHeader({ shown }: { shown: boolean }) {
  const { player } = useServices();
  const platform = useApp((state) => state.info?.platform);
  const name = useApp((state) => state.player?.video?.name ?? '');
  return (
    <header
      className={classes(
        'absolute inset-x-0 top-0 flex items-start gap-3 bg-linear-to-b from-scrim to-transparent p-3 pb-10 pl-4 transition-opacity duration-180',
        // On macOS the window's own buttons lie over the top left corner, and there is no other title bar.
        platform === 'darwin' && 'pl-20',
        platform === 'darwin' && shown && 'drag-region',
        shown ? 'opacity-100' : 'pointer-events-none opacity-0',
      )}
    >
      <h1 className="min-w-0 flex-1 pt-1 text-section font-medium">
        <MiddleTruncated text={name} />
      </h1>
      <IconButton
        icon={X}
        label="Close player"
        shortcut={playerKeyLabel('close')}
        onClick={() => player.close()}
      />
    </header>
  );
}
