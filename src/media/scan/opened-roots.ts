import type { AwaitedRoot } from '../../shared/library-protocol';
import type { VolumeSystem } from '../volume/volume-system';
import { abortable } from './abortable';
import { type OpenedRoot, openRoot } from './root-folder';

/** The roots that the videos of a job lie in: each is opened when it is needed first, and once. */
export class OpenedRoots {
  readonly #known = new Map<number, AwaitedRoot>();
  readonly #volumes: VolumeSystem;
  readonly #signal: AbortSignal;
  readonly #opened = new Map<number, Promise<OpenedRoot | null>>();

  constructor(roots: readonly AwaitedRoot[], volumes: VolumeSystem, signal: AbortSignal) {
    this.add(roots);
    this.#volumes = volumes;
    this.#signal = signal;
  }

  /** Roots that are there now; what was found out about them before does not count any more. */
  add(roots: readonly AwaitedRoot[]): void {
    for (const root of roots) {
      this.#known.set(root.rootId, root);
      this.#opened.delete(root.rootId);
    }
  }

  /**
   * Null: the job knows of no such root, or it was given up.
   * @throws VitrineError ROOT_OFFLINE, PATH_NOT_A_FOLDER, PERMISSION_DENIED, and the signal's reason
   */
  open(rootId: number): Promise<OpenedRoot | null> {
    const opened = this.#opened.get(rootId) ?? this.#open(rootId);
    this.#opened.set(rootId, opened);
    return opened;
  }

  /** It is not looked at again. */
  giveUp(rootId: number): void {
    this.#opened.set(rootId, Promise.resolve(null));
  }

  async #open(rootId: number): Promise<OpenedRoot | null> {
    const known = this.#known.get(rootId);
    return known ? abortable(this.#signal, () => openRoot(known, this.#volumes)) : null;
  }
}
