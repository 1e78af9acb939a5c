import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { MENU_COMMANDS, type MenuCommand } from '../shared/menu-commands';

/**
 * The application menu. The page carries the commands out and handles their keys itself, so accelerators are shown
 * but not registered.
 */
export function installMenu(send: (command: MenuCommand) => void): void {
  const command = (name: MenuCommand): MenuItemConstructorOptions => ({
    label: MENU_COMMANDS[name].label,
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
