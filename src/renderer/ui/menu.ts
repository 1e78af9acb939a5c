/** Classes that the dropdown and the context menus share. */
export const MENU_CONTENT = 'floating z-50 min-w-44 p-1 animate-appear';

export const MENU_ITEM =
  'relative flex h-7 items-center gap-2 rounded-badge px-2 outline-none data-highlighted:bg-line/70 data-disabled:text-faint';

export const MENU_LABEL = 'flex h-6 items-center px-2 text-label text-muted';

export const MENU_SEPARATOR = 'my-1 h-px bg-line';

/** The key for an entry, at its right edge. */
export const MENU_SHORTCUT = 'ml-auto pl-6 text-small text-muted';
