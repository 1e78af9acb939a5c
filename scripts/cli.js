// @ts-check
import { argv, platform } from 'node:process';
import { runApp } from './launch/app.js';
import { ensureBuilt } from './launch/build.js';
import { reportFailure } from './setup/setup-error.js';
import { setup } from './setup.js';

// Nothing is drawn; without these Chromium fills stderr with what it misses for that.
const quiet = ['--disable-gpu', '--log-level=3'];

// Chromium looks for a display before the app's code runs, so the app cannot ask for this itself.
const withoutDisplay = ['--ozone-platform=headless'];

// npm run --silent cli -- <command>: the app without a window. Nothing but the app writes to stdout.
try {
  await setup({ display: false });
  await ensureBuilt();
  process.exitCode = await runApp({
    switches: [...quiet, ...(platform === 'linux' ? withoutDisplay : [])],
    args: ['--cli', ...argv.slice(2)],
  });
} catch (error) {
  reportFailure(error);
}
