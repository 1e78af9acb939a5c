import { lstat, mkdir, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { VitrineError } from '../../shared/errors';
import { PREVIEW_IMAGES, type PreviewImage, previewFile } from '../../shared/preview';
import type { Connection } from '../connection';

/** Files younger than this may belong to a preview that is being written or reported. */
const SETTLED_MS = 10 * 60_000;

/** Folders of the cache: the first two digits of the tokens in them. */
const PLACES = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));

const IMAGE_NAME = new RegExp(`^([0-9a-f]{32})\\.(${PREVIEW_IMAGES.join('|')})\\.webp$`);
/** What is being written there has other names; one that is left over is nobody's. */
const UNFINISHED_NAME = /^[0-9a-f]{32}\.[\w.]+$/;

export interface PreviewFilesOptions {
  database: Connection;
  /** The cache. */
  folder: string;
  /** Milliseconds since epoch. */
  now(): number;
}

/** A preview whose files are not all there. */
type LostPreview = { id: number };

/**
 * The files of previews. Those of a row that went are deleted in the background, whatever made it go: the triggers that
 * note it are the connection's own. Before a file is deleted its token is looked up, since what a transaction noted
 * stays noted when it is rolled back. Links are never followed, so that nothing outside of the library is touched.
 */
export class PreviewFiles {
  readonly #options: PreviewFilesOptions;
  readonly #statements: ReturnType<typeof prepareStatements>;
  #gone = new Set<string>();
  #deleting: Promise<void> | null = null;
  #isClosed = false;

  constructor(options: PreviewFilesOptions) {
    const { database } = options;
    this.#options = options;
    this.#statements = prepareStatements(database);
    database.function('note_preview', (token) => {
      this.#gone.add(token as string);
      return null;
    });
    database.exec(TRIGGER);
  }

  /** The cache's folder, made where it is missing. @throws LIBRARY_IO it leads elsewhere */
  async prepare(): Promise<string> {
    const { folder } = this.#options;
    await mkdir(folder).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EEXIST') throw thrown;
    });
    if (await isFolder(folder)) return folder;
    throw new VitrineError('LIBRARY_IO', `${folder} is not a folder of the library's own.`, {
      path: folder,
    });
  }

  /** No row will be made of these files. */
  discard(token: string): void {
    this.#gone.add(token);
    this.deleteGone();
  }

  /** Deletes in the background what has gone; to be called after a commit. */
  deleteGone(): void {
    if (this.#gone.size === 0 || this.#isClosed) return;
    this.#deleting ??= this.#deleteGone().finally(() => {
      this.#deleting = null;
      this.deleteGone();
    });
  }

  /**
   * Deletes files that no row knows, and answers the rows whose files are not there. Nobody is kept waiting: it is a
   * step for each of the cache's folders.
   */
  async *sweep(): AsyncGenerator<LostPreview[], void> {
    const { folder } = this.#options;
    if (!(await isFolder(folder))) {
      // Nothing was made yet, or it is all gone.
      for (const place of PLACES) yield this.#statements.ofPlace.all({ place });
      return;
    }
    for (const place of PLACES) {
      if (this.#isClosed) return;
      yield await this.#sweepPlace(place);
    }
  }

  /** Waits until all is deleted that has gone. */
  async idle(): Promise<void> {
    while (this.#deleting) await this.#deleting;
  }

  /** Ends after the file in hand; what is left is swept another time. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.idle();
  }

  async #deleteGone(): Promise<void> {
    const tokens = [...this.#gone];
    this.#gone = new Set();
    for (const token of tokens) {
      if (this.#isClosed) return;
      if (this.#isKnown(token)) continue;
      for (const image of PREVIEW_IMAGES) await this.#delete(previewFile(token, image));
    }
  }

  async #sweepPlace(place: string): Promise<LostPreview[]> {
    // Before the files: a preview that is made meanwhile is young.
    const rows = this.#statements.ofPlace.all({ place });
    const folder = join(this.#options.folder, place);
    const names = (await isFolder(folder)) ? await readdir(folder) : [];
    const there = new Set<string>();
    for (const name of names) {
      const token = IMAGE_NAME.exec(name)?.[1];
      if (token !== undefined && this.#isKnown(token)) there.add(name);
      else if (token !== undefined || UNFINISHED_NAME.test(name)) {
        await this.#deleteIfSettled(`${place}/${name}`);
      }
    }
    const has = (token: string, image: PreviewImage) =>
      there.has(previewFile(token, image).slice(place.length + 1));
    return rows.filter(
      ({ token, hasFilmstrip }) =>
        !has(token, 'poster') || (hasFilmstrip === 1 && !has(token, 'filmstrip')),
    );
  }

  #isKnown(token: string): boolean {
    return this.#statements.isKnown.get(token) !== undefined;
  }

  async #deleteIfSettled(path: string): Promise<void> {
    const found = await lstat(join(this.#options.folder, path)).catch(() => null);
    if (found && found.mtimeMs < this.#options.now() - SETTLED_MS) await this.#delete(path);
  }

  /** A file that stays only takes room: it is logged, and tried again by a sweep. */
  async #delete(path: string): Promise<void> {
    const [place = ''] = path.split('/');
    const { folder } = this.#options;
    try {
      if ((await isFolder(folder)) && (await isFolder(join(folder, place)))) {
        await unlink(join(folder, path));
      }
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') {
        console.error('A picture of the preview cache could not be deleted:', thrown);
      }
    }
  }
}

/** Whether a path is a folder, and not a link to one. What cannot be looked at says nothing. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw thrown;
  }
}

const TRIGGER = `
CREATE TEMP TRIGGER note_lost_preview AFTER DELETE ON main.previews BEGIN SELECT note_preview(old.token); END;`;

function prepareStatements(database: Connection) {
  return {
    isKnown: database.prepare<[string]>('SELECT 1 FROM previews WHERE token = ?'),
    // `g` follows every digit.
    ofPlace: database.prepare<
      [{ place: string }],
      LostPreview & { token: string; hasFilmstrip: number }
    >(`
      SELECT id, token, filmstrip IS NOT NULL AS hasFilmstrip FROM previews
      WHERE token > @place AND token < @place || 'g'`),
  };
}
