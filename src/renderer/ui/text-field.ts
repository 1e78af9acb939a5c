/** The look of a field to write in. */
export const TEXT_FIELD =
  'h-7 rounded-panel border border-line bg-surface-1 select-text placeholder:text-muted hover:border-faint focus:border-accent focus:outline-none disabled:opacity-50';
