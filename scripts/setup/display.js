// @ts-check
import { installPackages } from './apt.js';
import { hasCommand } from './run.js';

/** Whether windows can be shown only on a virtual display. */
export function needsVirtualDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY;
}

export function displayReady() {
  return !needsVirtualDisplay() || hasCommand('Xvfb');
}

/** Installs a virtual display where there is none to show windows on. */
export async function ensureDisplay() {
  if (displayReady()) return;
  await installPackages(
    'There is no display, and Xvfb, which stands in for one, is not installed.',
    [['xvfb'], ['xauth']],
    'Install Xvfb with the package manager of your system, or run this in a desktop session.',
  );
}
