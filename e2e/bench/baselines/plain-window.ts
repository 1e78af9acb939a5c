import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import { ROOT_SWITCHES } from '../../fixtures/vitrine-app';

/** Shows itself once it has painted, as the app's window does. */
const MAIN = `
const { app, BrowserWindow } = require('electron');
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false });
  window.once('ready-to-show', () => window.show());
  window.loadFile('index.html');
});
`;
const PAGE = '<!doctype html><meta charset="utf-8"><title>Plain</title><main>Plain</main>';

/** What is seen in the plain window once it has painted. */
export const PLAIN_CONTENT = 'main';

/** Writes the smallest Electron app that shows a window. @returns its folder */
export function writePlainApp(place: string): string {
  const folder = join(place, 'plain app');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'plain', main: 'main.js' }));
  writeFileSync(join(folder, 'main.js'), MAIN);
  writeFileSync(join(folder, 'index.html'), PAGE);
  return folder;
}

/** Arguments for Electron, with the app's folder as the current one. */
export function plainArguments(folder: string): string[] {
  return [`--user-data-dir=${join(folder, 'profile')}`, '.'];
}

/** Starts the app that {@link writePlainApp} wrote. */
export function startPlainApp(folder: string): Promise<ElectronApplication> {
  return _electron.launch({ cwd: folder, args: [...ROOT_SWITCHES, ...plainArguments(folder)] });
}
