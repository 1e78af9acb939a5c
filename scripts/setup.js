// @ts-check
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { displayReady, ensureDisplay } from './setup/display.js';
import { ensureElectron } from './setup/electron.js';
import { ensureMediaTools } from './setup/media-tools.js';
import { ensureNativeModule } from './setup/native-module.js';
import { ensureNodeVersion } from './setup/node-version.js';
import { ensurePackages } from './setup/packages.js';
import { reportFailure, say } from './setup/setup-error.js';
import { stampHolds, writeStamp } from './setup/stamp.js';
import { ensureSystemLibraries } from './setup/system-libraries.js';

/**
 * Brings a fresh clone to where the app can be built, run and tested; does nothing when it is there.
 * Prints to stderr only. Throws a SetupError for what the person has to put right.
 * @param {{ display: boolean }} needs display: windows will be shown
 */
export async function setup({ display }) {
  ensureNodeVersion();
  if (!stampHolds()) {
    await ensurePackages();
    ensureMediaTools();
    const electron = await ensureElectron();
    const libraries = await ensureSystemLibraries(electron.executable);
    await ensureNativeModule(electron);
    writeStamp(electron.version, libraries);
    say(`ready (Node ${process.version}, Electron ${electron.version})`);
  }
  if (display && !displayReady()) await ensureDisplay();
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await setup({ display: true }).catch(reportFailure);
}
