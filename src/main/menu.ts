import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { MENU_COMMANDS, type MenuCommand } from '../shared/menu-commands';

/** What undo takes back and redo does again, in words; null where there is nothing. */
export type MenuHistory = Record<'undo' | 'redo', string | null>;

/** Of an entry, in characters: tags may have long names. */
const MOST_CHARACTERS = 60;

/**
 * The application menu. The page carries the commands out and handles their keys itself, so accelerators are shown
 * but not registered.
 */
export function installMenu(
  send: (command: MenuCommand) => void,
  history: MenuHistory = { undo: null, redo: null },
): void {
  const command = (name: MenuCommand): MenuItemConstructorOptions => ({
    label: labelOf(name, history),
    accelerator: `CmdOrCtrl+${MENU_COMMANDS[name].key}`,
    registerAccelerator: false,
    click: () => send(name),
  });
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [
        command('add-folder'),
        command('show-settings'),
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        command('undo'),
        command('redo'),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        command('show-palette'),
        command('find'),
        { type: 'separator' },
        command('show-grid'),
        command('show-table'),
        command('show-jobs'),
        { type: 'separator' },
        command('toggle-sidebar'),
        command('toggle-inspector'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function labelOf(name: MenuCommand, history: MenuHistory): string {
  const { label } = MENU_COMMANDS[name];
  const words = name === 'undo' || name === 'redo' ? history[name] : null;
  if (words === null) return label;
  const named = `${label} ${words}`;
  return named.length <= MOST_CHARACTERS ? named : `${named.slice(0, MOST_CHARACTERS - 1)}…`;
}
