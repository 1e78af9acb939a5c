// @ts-check
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { modulesDir } from './paths.js';
import { isExecutable } from './run.js';
import { SetupError } from './setup-error.js';

const ending = process.platform === 'win32' ? '.exe' : '';
const target = `${process.platform}-${process.arch}`;

const tools = ['ffprobe', 'ffmpeg'].map((name) =>
  join(modulesDir, `@${name}-installer`, target, name + ending),
);

/** Whether ffprobe and ffmpeg are there and may be run. */
export function mediaToolsReady() {
  return tools.every(isExecutable);
}

/** Their packages set the executable bit in an install script, which npm does not run any more. */
export function ensureMediaTools() {
  for (const tool of tools) {
    if (!existsSync(tool)) {
      throw new SetupError(
        `${tool} is missing: there is no build of it for ${target}, or npm left out optional packages.`,
        'Run `npm ci --include=optional` and try again.',
      );
    }
    if (!isExecutable(tool)) chmodSync(tool, 0o755);
  }
}
