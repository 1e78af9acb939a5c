import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from './classes';
import { TEXT_FIELD } from './text-field';

export interface SelectProps extends Omit<ComponentProps<'select'>, 'children'> {
  options: readonly { value: string; label: string }[];
}

/** One of a few values; the list that opens is the system's own. */
export function Select({ options, className, ...rest }: SelectProps) {
  return (
    <span className={classes('relative inline-flex shrink-0', className)}>
      <select
        className={classes(
          TEXT_FIELD,
          'w-full appearance-none pr-7 pl-2 focus-visible:outline-2 focus-visible:outline-accent',
        )}
        {...rest}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1.5 right-2 text-muted"
      />
    </span>
  );
}
