import { type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from '../../ui/classes';

export interface SidebarItemProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  label: string;
  /** A count, or a word on the state; null for nothing. */
  detail: string | null;
  current: boolean;
  /** Whether the detail is something to look at. */
  attention?: boolean;
  /** Greyed, because what it stands for cannot be reached. */
  dimmed?: boolean;
  /** Something to look at there, in words. */
  mark?: string;
}

/** One entry of the sidebar. Passes everything else on, so that a context menu can hang on it. */
export function SidebarItem({
  icon: Icon,
  label,
  detail,
  current,
  attention = false,
  dimmed = false,
  mark,
  className,
  ...rest
}: SidebarItemProps) {
  return (
    <button
      type="button"
      aria-current={current ? 'page' : undefined}
      className={classes(
        'flex h-7 w-full items-center gap-2 rounded-panel px-2 text-left transition-colors hover:bg-surface-2 data-[state=open]:bg-surface-2',
        current && 'bg-surface-2 font-medium',
        className,
      )}
      {...rest}
    >
      <Icon aria-hidden className={current && !dimmed ? 'text-accent' : 'text-muted'} />
      <span className={classes('-ml-0.5 min-w-0 flex-1 truncate pl-0.5', dimmed && 'text-muted')}>
        {label}
      </span>
      {mark !== undefined && (
        <TriangleAlert role="img" aria-label={mark} className="size-3.5! text-attention" />
      )}
      {detail !== null && (
        <span
          className={classes(
            'shrink-0 text-small font-normal tabular-nums',
            attention ? 'text-attention' : 'text-muted',
          )}
        >
          {detail}
        </span>
      )}
    </button>
  );
}
