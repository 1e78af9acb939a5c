import { join, resolve } from 'node:path';
import { app } from 'electron';
import { parseLaunch } from './arguments';
import { runCli } from './cli/run-cli';
import { hardenWebContents } from './hardening';
import { declareSchemes } from './protocols';
import { runWindow } from './run-window';

// The terminal that the app was started from may be closed before it: an error here would end up in a dialog.
process.stderr.on('error', () => undefined);

const launch = parseLaunch(process.argv, process.defaultApp === true);
const defaultLibrary = () => join(app.getPath('userData'), 'library');

// Both together end every child process: a container that starts the app as root has to say no-sandbox.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
hardenWebContents();

if (launch.mode === 'cli') {
  app.disableHardwareAcceleration();
  void app.whenReady().then(async () => {
    app.exit(await runCli(launch.arguments, defaultLibrary()));
  });
} else {
  declareSchemes();
  runWindow({
    libraryPath: launch.libraryPath ? resolve(launch.libraryPath) : defaultLibrary(),
    folders: launch.folders,
  });
}
