/**
 * Entries of the application menu that the page carries out, with the key that each has together with the platform's
 * modifier. Main makes the menu of them, the page its shortcuts and the command palette.
 */
export const MENU_COMMANDS = {
  'add-folder': { label: 'Add folder…', key: 'O' },
  'show-palette': { label: 'Command palette…', key: 'K' },
  find: { label: 'Find', key: 'F' },
  undo: { label: 'Undo', key: 'Z' },
  redo: { label: 'Redo', key: 'Shift+Z' },
  'show-grid': { label: 'Grid', key: '1' },
  'show-table': { label: 'Table', key: '2' },
  'show-jobs': { label: 'Jobs', key: 'J' },
  'show-settings': { label: 'Settings…', key: ',' },
  'toggle-sidebar': { label: 'Sidebar', key: 'B' },
  'toggle-inspector': { label: 'Inspector', key: 'I' },
} as const satisfies Record<string, { label: string; key: string }>;

export type MenuCommand = keyof typeof MENU_COMMANDS;

export const MENU_COMMAND_NAMES = Object.keys(MENU_COMMANDS) as [MenuCommand, ...MenuCommand[]];
