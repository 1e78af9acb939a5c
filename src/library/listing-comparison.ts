import type { FileAnswer, FileCheck, Presence } from '../shared/file-check';
import type { KnownPlace } from '../shared/root-place';
import { type Departed, matchMoves } from './move-matching';
import type { FilePlace, MoveRows, PlacedVideo } from './move-rows';
import type { FileVersion } from './scan-rows';
import type { ScanSession } from './scan-session';
import { isWithin, relativePlace } from './video-path';

/** Rows looked at between two reads of the clock. */
const BATCH = 200;
/** Checks that the media process gets at a time. */
const MAX_CHECKS = 128;

/** A file that stands where its content was not known to be. */
export interface Arrival extends FilePlace, FileVersion {
  folder: string;
  /** Row that stands for the file now. */
  rowId: number;
  /** `changed`: a row whose own file was another; `elsewhere`: in another root, found since this one was seen last. */
  kind: 'new' | 'changed' | 'elsewhere';
}

/** A video whose file is not at its place. */
interface Departure extends Departed {
  video: PlacedVideo;
}

export interface Move {
  video: PlacedVideo;
  arrival: Arrival;
}

/** Everything in the library that has one content. */
interface ContentGroup {
  departures: Departure[];
  arrivals: Arrival[];
  /** In other roots; whether they are still there, the disk has to tell. */
  elsewhere: PlacedVideo[];
}

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
  readonly #goneIds = new Set<number>();
  #groups: ContentGroup[] | null = null;
  readonly #unmountedFolders = new Set<number>();
  readonly #presence = new Map<number, Presence>();
  #checks: FileCheck[] = [];

  constructor(options: ListingComparisonOptions) {
    this.#options = options;
  }

  /** Finds what is gone. Yields where the work may be cut. */
  *compare(unreadableFolders: readonly string[]): Generator<void, void> {
    const { session, rows } = this.#options;
    const { rootId } = session.run.root;
    const unlisted = new Set(
      rows
        .folders(rootId)
        .filter(({ path }) => unreadableFolders.some((folder) => isWithin(path, folder)))
        .map(({ id }) => id),
    );
    for (const state of ['ok', 'unreadable'] as const) {
      let batch = rows.presentAfter(rootId, state, 0, BATCH);
      for (let last = batch.at(-1); last; last = batch.at(-1)) {
        for (const { id, folderId } of batch) {
          if (session.hasSeen(id) || unlisted.has(folderId)) continue;
          const video = rows.video(id);
          if (video) this.#noteGone(video);
          yield;
        }
        yield;
        batch = rows.presentAfter(rootId, state, last.id, BATCH);
      }
    }
    this.#askForMounts();
    for (const videoId of [...session.heldNew, ...session.heldChanges.keys()]) {
      const video = rows.video(videoId);
      if (video) this.#checks.push({ type: 'identity', videoId, ...relativePlace(video) });
      yield;
    }
  }

  /** The next things to look at; once there are none of the first kind, {@link group} finds those of the second. */
  takeChecks(): FileCheck[] {
    return this.#checks.splice(0, MAX_CHECKS);
  }

  get isGrouped(): boolean {
    return this.#groups !== null;
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
        this.#presence.set(answer.videoId, answer.presence);
        break;
    }
  }

  /** Whether the drive that a video of the root was on is away, although the root itself is there. */
  isAway({ folderId }: PlacedVideo): boolean {
    return this.#unmountedFolders.has(folderId);
  }

  /** Whether the file at a held row's place has the row's own content. */
  hasOwnContent(video: PlacedVideo): boolean {
    const identity = this.#options.session.heldIdentities.get(video.videoId);
    if (!identity || !video.contentHash || isEmpty(identity.contentHash)) return false;
    return identity.sizeBytes === video.sizeBytes && video.contentHash.equals(identity.contentHash);
  }

  /** Brings together what has the same content, once that is known. */
  *group(): Generator<void, void> {
    const { session, rows } = this.#options;
    const arrivals = new Map<string, Arrival[]>();
    const contents = new Map<string, { sizeBytes: number; contentHash: Uint8Array }>();
    const addContent = (sizeBytes: number, contentHash: Uint8Array | null) => {
      if (!contentHash || isEmpty(contentHash)) return null;
      const key = contentKey(sizeBytes, contentHash);
      contents.set(key, { sizeBytes, contentHash });
      return key;
    };
    for (const [videoId, identity] of session.heldIdentities) {
      const video = rows.video(videoId);
      const key = addContent(identity.sizeBytes, identity.contentHash);
      const kind = session.heldChanges.has(videoId) ? 'changed' : 'new';
      if (!video || !key || (kind === 'changed' && this.hasOwnContent(video))) continue;
      const arrival = { ...video, ...identity, rowId: videoId, kind } as const;
      arrivals.set(key, [...(arrivals.get(key) ?? []), arrival]);
      yield;
    }
    for (const { sizeBytes, contentHash } of this.gone) addContent(sizeBytes, contentHash);
    for (const videoId of session.heldChanges.keys()) {
      const video = rows.video(videoId);
      if (video) addContent(video.sizeBytes, video.contentHash);
      yield;
    }
    this.#groups = [];
    for (const [key, { sizeBytes, contentHash }] of contents) {
      const videos = rows.withContent(sizeBytes, contentHash);
      const group = this.#groupOf(videos, arrivals.get(key) ?? []);
      this.#groups.push(group);
      this.#askForPresence(group);
      yield;
    }
  }

  /** Which video is where now. */
  *findMoves(): Generator<void, Move[]> {
    const moves: Move[] = [];
    for (const group of this.#groups ?? []) {
      moves.push(...this.#movesOf(group));
      yield;
    }
    return [...moves, ...this.#movesByInode(moves)];
  }

  #noteGone(video: PlacedVideo): void {
    this.gone.push(video);
    this.#goneIds.add(video.videoId);
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

  #groupOf(videos: readonly PlacedVideo[], arrivals: Arrival[]): ContentGroup {
    const { rootId } = this.#options.session.run.root;
    const departures = videos
      .map((video) => this.#departureOf(video))
      .filter((departure) => departure !== null);
    const elsewhere = videos.filter(
      (video) => video.rootId !== rootId && video.state !== 'missing',
    );
    return { departures, arrivals, elsewhere };
  }

  #departureOf(video: PlacedVideo): Departure | null {
    const { session } = this.#options;
    const change = session.heldChanges.get(video.videoId)?.file;
    if (change) {
      // Where the new content is not known, only another size is proof that the old one is gone.
      const isKnown = session.heldIdentities.has(video.videoId);
      const isOther = change.sizeBytes !== video.sizeBytes || isKnown;
      if (!isOther || this.hasOwnContent(video)) return null;
    } else if (video.state !== 'missing') {
      return this.#goneIds.has(video.videoId) && !this.isAway(video) ? departureNow(video) : null;
    }
    const earlier = video.state === 'missing' && video.missedByJob !== session.run.jobRow;
    return { ...departureNow(video), earlier };
  }

  #askForPresence({ departures, arrivals, elsewhere }: ContentGroup): void {
    const { placeOf } = this.#options;
    const isGone = departures.some((departure) => this.#isGoneFromHere(departure));
    for (const video of elsewhere) {
      if (arrivals.length === 0 && !(isGone && this.#isFresh(video))) continue;
      const { videoId, sizeBytes, rootId } = video;
      const mounted = video.mounted === 1;
      const path = relativePlace(video);
      this.#checks.push({
        type: 'presence',
        videoId,
        root: placeOf(rootId),
        sizeBytes,
        mounted,
        ...path,
      });
    }
  }

  #movesOf({ departures, arrivals, elsewhere }: ContentGroup): Move[] {
    const presenceOf = ({ videoId }: PlacedVideo) => this.#presence.get(videoId);
    const left = elsewhere.filter((video) => presenceOf(video) === 'gone').map(departureNow);
    const found = elsewhere
      .filter((video) => presenceOf(video) === 'present' && this.#isFresh(video))
      .map((video) => ({ ...video, rowId: video.videoId, kind: 'elsewhere' }) as const);
    // A row of another root only ever takes up what is gone from this one.
    return matchMoves([...departures, ...left], [...arrivals, ...found])
      .filter(([departure, { kind }]) => kind !== 'elsewhere' || this.#isGoneFromHere(departure))
      .map(([{ video }, arrival]) => ({ video, arrival }));
  }

  /**
   * Videos whose content was not known before they went: the same inode with the same size and time is the same file,
   * as long as it did not leave the root.
   */
  #movesByInode(moves: readonly Move[]): Move[] {
    const { session, rows } = this.#options;
    const hashless = this.gone.filter(
      (video) => video.contentHash === null && video.sizeBytes > 0 && !this.isAway(video),
    );
    if (hashless.length === 0) return [];
    const taken = new Set(moves.map(({ arrival }) => arrival.rowId));
    const arrivals = session.heldNew
      .filter((rowId) => !taken.has(rowId))
      .map((rowId) => rows.video(rowId))
      .filter((video) => video !== null);
    const arrivalsByInode = groupBy(arrivals, inodeKey);
    return [...groupBy(hashless, inodeKey)].flatMap(([key, videos]) => {
      const found = key === null ? [] : (arrivalsByInode.get(key) ?? []);
      return matchMoves(videos.map(departureNow), found).map(([{ video }, arrival]) => ({
        video,
        arrival: { ...arrival, rowId: arrival.videoId, kind: 'new' as const },
      }));
    });
  }

  #isGoneFromHere({ video, earlier }: Departure): boolean {
    return !earlier && video.rootId === this.#options.session.run.root.rootId;
  }

  /** Whether a video was found since this root was seen last: before that, both existed and are copies. */
  #isFresh({ addedAt }: PlacedVideo): boolean {
    const { listedAt } = this.#options;
    return listedAt !== null && addedAt > listedAt;
  }
}

function departureNow(video: PlacedVideo): Departure {
  return { folder: video.folder, name: video.name, video, earlier: false };
}

/** Null where the inode says nothing. */
function inodeKey({ inode, sizeBytes, mtimeMs }: PlacedVideo): string | null {
  return inode === 0 ? null : `${inode} ${sizeBytes} ${mtimeMs}`;
}

function contentKey(sizeBytes: number, contentHash: Uint8Array): string {
  return `${sizeBytes} ${Buffer.from(contentHash).toString('base64')}`;
}

function isEmpty(contentHash: Uint8Array): boolean {
  return contentHash.length === 0;
}

function groupBy<Key, T>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
