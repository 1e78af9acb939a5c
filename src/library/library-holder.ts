import { toErrorShape, VitrineError } from '../shared/errors';
import type { LibraryApi } from '../shared/library-protocol';
import { OpenLibrary, type OpenLibraryOptions } from './open-library';
import { isFailedSync, toLibraryError } from './sqlite-errors';

type OpenRequest = LibraryApi['procedures']['open']['request'];

export interface LibraryHolderOptions
  extends Pick<OpenLibraryOptions, 'threads' | 'onChanged' | 'onHistory' | 'now'> {
  /** The library that was open cannot be used any more; every call fails with this from now on. */
  onFailed(error: VitrineError): void;
}

/**
 * The one library that is open, if any, and what becomes of it when it cannot be trusted: one that turns out to be
 * damaged is given up, one whose disk failed to sync is closed, checked and opened again.
 */
export class LibraryHolder {
  readonly #options: LibraryHolderOptions;
  #library: OpenLibrary | null = null;
  /** Damaged, and still open: closing it would change its files. */
  #givenUp: OpenLibrary | null = null;
  #failure: VitrineError | null = null;
  #changing: Promise<unknown> | null = null;

  constructor(options: LibraryHolderOptions) {
    this.#options = options;
  }

  /** @throws INVALID_REQUEST, or why the library that was open failed */
  get library(): OpenLibrary {
    if (this.#library) return this.#library;
    throw this.#failure ?? new VitrineError('INVALID_REQUEST', 'No library is open.');
  }

  get isOpen(): boolean {
    return this.#library !== null;
  }

  /** Whether it is still this one that is open. */
  holds(library: OpenLibrary): boolean {
    return library === this.#library;
  }

  /** An opening or closing that is under way: calls wait for its end. */
  get changing(): Promise<unknown> | null {
    return this.#changing;
  }

  open(request: OpenRequest): Promise<OpenLibrary> {
    if (this.#library) throw new VitrineError('INVALID_REQUEST', 'A library is open already.');
    return this.#change(() => this.#open(request));
  }

  close(): Promise<void> {
    const library = this.#library;
    const givenUp = this.#givenUp;
    this.#library = null;
    this.#givenUp = null;
    this.#failure = null;
    return this.#change(async () => {
      givenUp?.file.close();
      await library?.close();
    });
  }

  /**
   * To be told of whatever went wrong with a library; most of it says nothing about the library itself.
   * @param library the one that it happened to: it may have been replaced meanwhile
   */
  noteFailure(library: OpenLibrary | null, thrown: unknown): void {
    if (!library || !this.holds(library)) return;
    const error = toLibraryError(thrown);
    if (!(error instanceof VitrineError)) return;
    if (error.code === 'LIBRARY_CORRUPT') this.#giveUp(library, error);
    else if (isFailedSync(error)) this.#openAgain(library, error);
  }

  async #open({ directory, mode }: OpenRequest): Promise<OpenLibrary> {
    const { threads, onChanged, onHistory, now } = this.#options;
    const onFailure = (thrown: unknown) => {
      const { code, message } = toErrorShape(thrown);
      // What is interrupted by closing says nothing.
      if (code !== 'CANCELLED') console.error('In the background of the library:', message);
      this.noteFailure(library, thrown);
    };
    const library: OpenLibrary = OpenLibrary.open({
      directory,
      mode,
      threads,
      onChanged,
      onHistory,
      onFailure,
      now,
    });
    this.#library = library;
    this.#failure = null;
    // What an earlier process was cut off in comes to its end; nobody waits for it.
    if (mode === 'write') library.edits.settle().catch(onFailure);
    return library;
  }

  #giveUp(library: OpenLibrary, error: VitrineError): void {
    this.#library = null;
    this.#givenUp = library;
    this.#fail(error);
    this.#changeByItself(() => library.abandon(error));
  }

  #openAgain(library: OpenLibrary, error: VitrineError): void {
    const { directory, mode } = library.file;
    this.#library = null;
    this.#failure = error;
    this.#changeByItself(async () => {
      await library.abandon(error);
      library.file.close();
      await this.#open({ directory, mode });
      this.#options.onChanged();
    });
  }

  #changeByItself(work: () => Promise<unknown>): void {
    this.#change(work).catch((thrown) => {
      const error = toLibraryError(thrown);
      this.#fail(
        error instanceof VitrineError ? error : VitrineError.fromShape(toErrorShape(error)),
      );
    });
  }

  #fail(error: VitrineError): void {
    this.#failure = error;
    this.#options.onFailed(error);
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#changing ?? Promise.resolve();
    const change = before.catch(() => undefined).then(work);
    this.#changing = change;
    const end = () => {
      if (this.#changing === change) this.#changing = null;
    };
    change.then(end, end);
    return change;
  }
}
