import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../shared/contract';

/**
 * The application menu. The page carries the commands out and handles their keys itself, so accelerators are shown
 * but not registered.
 */
export function installMenu(send: (command: MenuCommand) => void): void {
  const command = (
    label: string,
    name: MenuCommand,
    accelerator: string,
  ): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => send(name),
  });
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [
        command('Add folder…', 'add-folder', 'CmdOrCtrl+O'),
        command('Settings…', 'show-settings', 'CmdOrCtrl+,'),
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        command('Find', 'find', 'CmdOrCtrl+F'),
        command('Grid', 'show-grid', 'CmdOrCtrl+1'),
        command('Table', 'show-table', 'CmdOrCtrl+2'),
        command('Jobs', 'show-jobs', 'CmdOrCtrl+J'),
        { type: 'separator' },
        command('Sidebar', 'toggle-sidebar', 'CmdOrCtrl+B'),
        command('Inspector', 'toggle-inspector', 'CmdOrCtrl+I'),
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
