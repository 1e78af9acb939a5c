import type { LucideIcon } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classes } from './classes';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  /** Accessible name and tooltip. */
  label: string;
  /** Shown in the tooltip only, for example `Ctrl+F`. */
  shortcut?: string | undefined;
}

/** A button that is only an icon; its name shows as a tooltip. */
export function IconButton({ icon: Icon, label, shortcut, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          aria-label={label}
          className={classes(
            'no-drag inline-flex size-7 shrink-0 items-center justify-center rounded-panel text-muted transition hover:bg-surface-2 hover:text-text aria-pressed:text-text',
            className,
          )}
          {...rest}
        >
          <Icon aria-hidden />
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={8}
          className="floating z-50 flex gap-2 px-2 py-1 text-small text-text"
        >
          {label}
          {shortcut && <span className="text-muted">{shortcut}</span>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
