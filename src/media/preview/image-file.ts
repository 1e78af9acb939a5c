import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type PreviewImage, previewFile } from '../../shared/preview';
import type { MadeImage } from '../../shared/preview-protocol';

/** A name for a preview that nobody guesses. */
export function newToken(): string {
  return randomBytes(16).toString('hex');
}

/** An image on its way into the cache: it has another name until it is whole. */
export class ImageFile {
  readonly image: PreviewImage;
  /** Absolute path of what is written. */
  readonly unfinishedPath: string;
  readonly #path: string;

  constructor(cacheFolder: string, token: string, image: PreviewImage) {
    this.image = image;
    this.#path = join(cacheFolder, previewFile(token, image));
    this.unfinishedPath = `${this.#path}.part`;
  }

  /** The file of an image that was made. */
  static of({ token, kind }: MadeImage, cacheFolder: string): ImageFile {
    return new ImageFile(cacheFolder, token, kind);
  }

  /** Makes the folder that it goes into. @throws NodeJS.ErrnoException */
  async prepare(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
  }

  /** Gives it its name. @returns its size in bytes @throws NodeJS.ErrnoException */
  async finish(): Promise<number> {
    const { size } = await stat(this.unfinishedPath);
    await rename(this.unfinishedPath, this.#path);
    return size;
  }

  /** Nothing of it stays. @throws NodeJS.ErrnoException */
  async discard(): Promise<void> {
    await rm(this.unfinishedPath, { force: true });
    await rm(this.#path, { force: true });
  }
}
