import type { FileAnswer, FileCheck } from '../shared/file-check';
import type { KnownPlace } from '../shared/root-place';
import { ContentMatching } from './content-matching';
import { heldVideo } from './held-files';
import type { ListingPart } from './listing-part';
import type { MoveRows, PlacedVideo } from './move-rows';
import type { ScanSession } from './scan-session';
import { isWithin, relativePlace } from './video-path';

/** Rows looked at between two reads of the clock: they come from an index alone. */
const BATCH = 2_000;
/** Checks that the media process gets at a time. */
const MAX_CHECKS = 128;

export interface ListingComparisonOptions {
  session: ScanSession;
  rows: MoveRows;
  /** Where another root is. */
  placeOf(rootId: number): KnownPlace;
  /** End of the root's last complete listing. */
  listedAt: number | null;
}

/**
 * Works out which videos a complete walk did not find, and where they went. It asks for what only the disk can tell:
 * first for the content of files that may have been moved, then whether files of other roots are still there.
 */
export class ListingComparison {
  readonly #options: ListingComparisonOptions;
  /** Videos of the root that the walk did not see although it looked where they were. */
  readonly gone: PlacedVideo[] = [];
  readonly #unmountedFolders = new Set<number>();
  #checks: FileCheck[] = [];
  /** Null until the first questions are answered. */
  #matching: ContentMatching | null = null;

  constructor(options: ListingComparisonOptions) {
    this.#options = options;
  }

  /** Finds what is gone. Yields where the work may be cut. */
  *compare(unreadableFolders: readonly string[]): Generator<void, void> {
    const { session, rows } = this.#options;
    const { rootId } = session.run.root;
    const listed = new Map<number, boolean>();
    const isListed = ({ folderId, folder }: PlacedVideo): boolean => {
      const known =
        listed.get(folderId) ?? !unreadableFolders.some((other) => isWithin(folder, other));
      listed.set(folderId, known);
      return known;
    };
    for (const state of ['ok', 'unreadable'] as const) {
      let batch = rows.presentAfter(rootId, state, 0, BATCH);
      for (let last = batch.at(-1); last; last = batch.at(-1)) {
        for (const id of batch) {
          if (session.hasSeen(id)) continue;
          const video = rows.video(id);
          if (video && isListed(video)) this.gone.push(video);
          yield;
        }
        yield;
        batch = rows.presentAfter(rootId, state, last, BATCH);
      }
    }
    this.#askForMounts();
    for (const videoId of [...session.heldNew, ...session.heldChanges.keys()]) {
      const video = heldVideo(this.#options, videoId);
      if (video) this.#checks.push({ type: 'identity', videoId, ...relativePlace(video) });
      yield;
    }
  }

  /** The next things to look at; empty when everything is known. The first answers bring up the second questions. */
  *nextChecks(): Generator<void, FileCheck[]> {
    if (this.#checks.length === 0 && !this.#matching) {
      const gone = this.gone.filter((video) => !this.isAway(video));
      this.#matching = new ContentMatching({ ...this.#options, gone });
      this.#checks = yield* this.#matching.group();
    }
    return this.#checks.splice(0, MAX_CHECKS);
  }

  note(answer: FileAnswer): void {
    switch (answer.type) {
      case 'identity':
        this.#noteIdentity(answer);
        break;
      case 'mount':
        if (!answer.isMounted) this.#unmountedFolders.add(answer.folderId);
        break;
      case 'presence':
        this.#matching?.notePresence(answer.videoId, answer.presence);
        break;
    }
  }

  /** Whether the drive that a video of the root was on is away, although the root itself is there. */
  isAway({ folderId }: PlacedVideo): boolean {
    return this.#unmountedFolders.has(folderId);
  }

  /** Which video is where now, once everything is known. */
  *parts(): Generator<void, ListingPart[]> {
    return this.#matching ? yield* this.#matching.parts() : [];
  }

  #askForMounts(): void {
    const folders = new Map(
      this.gone.filter(({ mounted }) => mounted === 1).map((video) => [video.folderId, video]),
    );
    for (const [folderId, { folder, folderBytes }] of folders) {
      this.#checks.push({ type: 'mount', folderId, path: folder, pathBytes: folderBytes });
    }
  }

  /** A file that changed once more since the walk saw it is left to the next scan. */
  #noteIdentity({ videoId, identity }: Extract<FileAnswer, { type: 'identity' }>): void {
    const { session, rows } = this.#options;
    const seen = session.heldChanges.get(videoId)?.file ?? rows.video(videoId);
    const isSame = seen?.sizeBytes === identity?.sizeBytes && seen?.mtimeMs === identity?.mtimeMs;
    if (identity && isSame) session.heldIdentities.set(videoId, identity);
  }
}
