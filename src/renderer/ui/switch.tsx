import { Switch as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

/** Turns something on or off at once. */
export function Switch(props: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className="flex h-5 w-9 shrink-0 items-center rounded-full border border-faint bg-surface-2 px-0.5 transition-colors disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      {...props}
    >
      <Primitive.Thumb className="block size-3.5 rounded-full bg-text transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
    </Primitive.Root>
  );
}
