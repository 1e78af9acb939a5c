// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// What Electron's own resources/default_app.asar does for `electron [switches] <folder> [args]`,
// without its welcome window. The app must be loaded by a top-level await: Electron holds back
// `ready` until that settles, and an app may have to register its schemes before.
const main = `
import { app } from 'electron';
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const args = process.argv.slice(1);
const preloads = [];
let folder = null;
for (let i = 0; i < args.length && folder === null; i++) {
  if (args[i] === '--version' || args[i] === '-v') {
    console.log('v' + process.versions.electron);
    process.exit(0);
  } else if (args[i] === '-r' || args[i] === '--require') {
    preloads.push(args[++i]);
  } else if (!args[i].startsWith('-')) {
    folder = path.resolve(args[i]);
  }
}
if (folder === null) {
  console.error('usage: electron [switches] <app folder> [arguments]');
  process.exit(1);
}
if (preloads.length > 0) Module._preloadModules(preloads);

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
const manifestPath = path.join(folder, 'package.json');
if (fs.existsSync(manifestPath)) {
  const manifest = JSON.parse(fs.readFileSync(manifestPath, 'utf8'));
  if (manifest.version) app.setVersion(manifest.version);
  if (manifest.productName ?? manifest.name) app.name = manifest.productName ?? manifest.name;
  app.setDesktopName(manifest.desktopName ?? app.name + '.desktop');
}
const mainFile = Module._resolveFilename(folder, null, true);
app.setAppPath(fs.existsSync(manifestPath) ? folder : path.dirname(mainFile));
try {
  await import(pathToFileURL(mainFile).href);
} catch (error) {
  console.error('App threw an error during load');
  console.error(error?.stack ?? error);
  process.exit(1);
}
`;

/**
 * Writes the default app's archive into an Electron distribution that came without one.
 * @param {string} resourcesDir
 * @param {string} scratchDir
 */
export async function packDefaultApp(resourcesDir, scratchDir) {
  const { createPackage } = await import('@electron/asar');
  const source = join(scratchDir, 'default-app');
  mkdirSync(source, { recursive: true });
  const manifest = {
    name: 'default-app',
    productName: 'Electron',
    type: 'module',
    main: 'main.js',
  };
  writeFileSync(join(source, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(source, 'main.js'), main);
  mkdirSync(resourcesDir, { recursive: true });
  await createPackage(source, join(resourcesDir, 'default_app.asar'));
}
