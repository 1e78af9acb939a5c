import type { ComponentProps } from 'react';
import { classes } from './classes';

type Emphasis = 'primary' | 'standard' | 'quiet' | 'danger';

const LOOKS: Record<Emphasis, string> = {
  primary: 'bg-accent text-on-accent font-medium hover:brightness-110',
  standard: 'bg-surface-2 text-text border border-line hover:border-faint',
  quiet: 'text-muted hover:bg-surface-2 hover:text-text',
  danger: 'bg-danger text-surface-0 font-medium hover:brightness-110',
};

export interface ButtonProps extends ComponentProps<'button'> {
  emphasis?: Emphasis;
}

/** A button with words on it, an icon before them if there is one. */
export function Button({ emphasis = 'standard', className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classes(
        'inline-flex h-7 shrink-0 items-center justify-center gap-2 rounded-panel px-3 whitespace-nowrap transition disabled:opacity-50',
        LOOKS[emphasis],
        className,
      )}
      {...rest}
    />
  );
}
