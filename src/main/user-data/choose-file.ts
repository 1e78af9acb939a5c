import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { app, type BrowserWindow, dialog } from 'electron';

const FILTERS = [{ name: 'JSON', extensions: ['json'] }];

/**
 * Asks where a text is to be kept and writes it there; what stood there is replaced only once all of it is written.
 * @returns the file's path; null when the person cancelled
 */
export async function saveAs(
  window: BrowserWindow | null,
  name: string,
  text: () => AsyncIterable<string>,
): Promise<string | null> {
  const options: Electron.SaveDialogOptions = {
    defaultPath: join(app.getPath('documents'), name),
    filters: FILTERS,
  };
  const { filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options);
  if (!filePath) return null;
  const partial = `${filePath}.part`;
  try {
    await pipeline(Readable.from(text()), createWriteStream(partial));
    await rename(partial, filePath);
  } catch (thrown) {
    await rm(partial, { force: true });
    throw thrown;
  }
  return filePath;
}

/** Asks for a file; null when the person cancelled. */
export async function chooseFile(window: BrowserWindow | null): Promise<string | null> {
  const options: Electron.OpenDialogOptions = { properties: ['openFile'], filters: FILTERS };
  const { filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return filePaths[0] ?? null;
}
