import { Check } from 'lucide-react';
import { Checkbox as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classes } from './classes';

/** A box to tick; its name is `aria-label`. */
export function Checkbox({
  className,
  ...rest
}: ComponentProps<typeof Primitive.Root> & { 'aria-label': string }) {
  return (
    <Primitive.Root
      className={classes(
        'flex size-4 shrink-0 items-center justify-center rounded-badge border border-faint bg-surface-0 transition-colors hover:border-text data-[state=checked]:border-accent data-[state=checked]:bg-accent',
        className,
      )}
      {...rest}
    >
      <Primitive.Indicator>
        <Check aria-hidden className="size-3! stroke-3! text-on-accent" />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
