import type { LucideIcon } from 'lucide-react';
import { useServices } from '../../services';
import { IconButton, type IconButtonProps } from '../../ui/icon-button';
import { PLAYER_ACTION_TABLE } from './player-actions';
import { type PlayerActionName, playerKeyLabel } from './player-keys';

/** A button for what a key does too. */
export function ActionButton({
  name,
  ...rest
}: { name: PlayerActionName; icon?: LucideIcon; label?: string } & Omit<
  IconButtonProps,
  'icon' | 'label' | 'name'
>) {
  const services = useServices();
  const { icon, title, run } = PLAYER_ACTION_TABLE[name];
  return (
    <IconButton
      icon={icon}
      label={title}
      shortcut={playerKeyLabel(name)}
      onClick={() => run(services)}
      {...rest}
    />
  );
}
