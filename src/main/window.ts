import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { CONTRACT_SWITCH, type ContractNames } from '../shared/channels';
import { contract, events } from '../shared/contract';
import { PAGE_ORIGIN } from './ipc/gate';

const CONTRACT_NAMES: ContractNames = {
  channels: Object.keys(contract),
  events: Object.keys(events),
};

/** `surface-0` of the two themes as sRGB, so that nothing flashes before the page paints. */
const BACKGROUND = { dark: '#0d0d0d', light: '#f8f8f8' };

/** Opens the one window. It shows itself once the page has painted. */
export function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Vitrine',
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    ...(process.platform === 'darwin' ? { titleBarStyle: 'hiddenInset' as const } : {}),
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      additionalArguments: [CONTRACT_SWITCH + JSON.stringify(CONTRACT_NAMES)],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      backgroundThrottling: true,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${PAGE_ORIGIN}/index.html`);
  return window;
}
