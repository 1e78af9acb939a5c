// @ts-check
import { argv } from 'node:process';
import { runApp } from './launch/app.js';
import { ensureBuilt } from './launch/build.js';
import { withDisplay } from './launch/virtual-display.js';
import { reportFailure } from './setup/setup-error.js';
import { setup } from './setup.js';

// npm start -- [folder…]: the app in a window, built from the sources as they are.
try {
  await setup({ display: true });
  await ensureBuilt();
  process.exitCode = await withDisplay((env) => runApp({ args: argv.slice(2), env }));
} catch (error) {
  reportFailure(error);
}
