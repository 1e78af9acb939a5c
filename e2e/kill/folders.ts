import { join } from 'node:path';
import { withLibraryFile } from '../fixtures/library-file';
import { changeFolder, fillFolder } from './corpus';
import type { Work } from './plan';
import type { Reference, Stage } from './reference';
import { putUserData, type UserData } from './user-data';

/** A folder that rounds scan. */
export interface Folder {
  readonly path: string;
  readonly key: string;
  stage: Stage | 'new';
}

/** The folders of one library, and what the person said of their videos. */
export class Folders {
  readonly userData: UserData[] = [];
  readonly #parent: string;
  readonly #all: Folder[] = [];

  /** @param parent where they are made */
  constructor(parent: string) {
    this.#parent = parent;
  }

  add(): Folder {
    const key = `clips ${String(this.#all.length + 1).padStart(3, '0')}`;
    const folder: Folder = { path: join(this.#parent, key), key, stage: 'new' };
    fillFolder(folder.path, key);
    this.#all.push(folder);
    return folder;
  }

  /** Whether there is a folder that was scanned once. */
  get areScanned(): boolean {
    return this.#all.some(({ stage }) => stage === 'scanned' || stage === 'described');
  }

  /** Changes what is in a folder that was scanned once, and was described since. */
  change(): Folder {
    const folder = this.#all.find(({ stage }) => stage === 'described');
    if (!folder) throw new Error('No folder is ready to be scanned again.');
    changeFolder(folder.path, folder.key);
    return folder;
  }

  /** Puts user data on the videos of every folder that was scanned once. No app may have the library open. */
  describe(library: string): void {
    for (const folder of this.#all) {
      if (folder.stage !== 'scanned') continue;
      const put = withLibraryFile(library, (database) => putUserData(database, folder.path));
      this.userData.push(...put);
      folder.stage = 'described';
    }
  }

  noteScanned(folder: Folder, work: Work): void {
    folder.stage = work === 'first' ? 'scanned' : 'rescanned';
  }

  /** The rows that have to be there, by each folder's path. */
  expectedRows({ rows }: Reference): Map<string, Map<string, object>> {
    return new Map(
      this.#all.flatMap(({ path, stage }) =>
        stage === 'new' ? [] : [[path, rows[stage]] as const],
      ),
    );
  }
}
