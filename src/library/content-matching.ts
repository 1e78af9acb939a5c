import type { FileCheck, Presence } from '../shared/file-check';
import type { KnownPlace } from '../shared/root-place';
import { DisjointSets } from './disjoint-sets';
import { hasOwnContent, heldVideo } from './held-files';
import type { Arrival, ListingPart, Move } from './listing-part';
import { type Departed, matchMoves } from './move-matching';
import type { MoveRows, PlacedVideo } from './move-rows';
import type { ScanSession } from './scan-session';
import { relativePlace } from './video-path';

/** A video whose file is not at its place. */
interface Departure extends Departed {
  video: PlacedVideo;
}

/** Everything in the library that has one content. */
interface ContentGroup {
  departures: Departure[];
  arrivals: Arrival[];
  /** In other roots; whether they are still there, the disk has to tell. */
  elsewhere: PlacedVideo[];
}

export interface ContentMatchingOptions {
  session: ScanSession;
  rows: MoveRows;
  /** Where another root is. */
  placeOf(rootId: number): KnownPlace;
  /** End of the root's last complete listing. */
  listedAt: number | null;
  /** Videos of the root that were not found although their drive is there. */
  gone: readonly PlacedVideo[];
}

/** Finds out where files went by what is in them. */
export class ContentMatching {
  readonly #options: ContentMatchingOptions;
  readonly #goneIds: ReadonlySet<number>;
  readonly #groups: ContentGroup[] = [];
  readonly #presence = new Map<number, Presence>();

  constructor(options: ContentMatchingOptions) {
    this.#options = options;
    this.#goneIds = new Set(options.gone.map(({ videoId }) => videoId));
  }

  /** Brings together what has the same content. Answers what else has to be looked at. */
  *group(): Generator<void, FileCheck[]> {
    const { session, rows, gone } = this.#options;
    const contents = new Map<string, Content>();
    const arrivals = new Map<string, Arrival[]>();
    for (const [videoId, identity] of session.heldIdentities) {
      const video = heldVideo(this.#options, videoId);
      const isChange = session.heldChanges.has(videoId);
      yield;
      if (!video || (isChange && hasOwnContent(session, video))) continue;
      const key = noteContent(contents, identity);
      if (key === null) continue;
      const kind = isChange ? 'changed' : 'new';
      const arrival = { ...video, ...identity, rowId: videoId, kind } as const;
      addTo(arrivals, key, arrival);
    }
    for (const video of gone) noteContent(contents, video);
    for (const videoId of session.heldChanges.keys()) {
      const video = heldVideo(this.#options, videoId);
      if (video) noteContent(contents, video);
      yield;
    }
    const checks: FileCheck[] = [];
    for (const [key, { sizeBytes, contentHash }] of contents) {
      const videos = rows.withContent(sizeBytes, contentHash);
      const group = this.#groupOf(videos, arrivals.get(key) ?? []);
      this.#groups.push(group);
      for (const check of this.#presenceChecks(group)) checks.push(check);
      yield;
    }
    return checks;
  }

  notePresence(videoId: number, presence: Presence): void {
    this.#presence.set(videoId, presence);
  }

  /** Which video is where now, with all that has to be decided together with it. */
  *parts(): Generator<void, ListingPart[]> {
    const { session } = this.#options;
    const sets = new DisjointSets();
    const moves: Move[] = [];
    for (const group of this.#groups) {
      const { departures, arrivals } = group;
      sets.join([
        ...departures.map(({ video }) => video.videoId),
        ...arrivals.map(({ rowId }) => rowId),
      ]);
      for (const move of this.#movesOf(group)) moves.push(move);
      yield;
    }
    for (const move of this.#movesByInode(moves)) moves.push(move);
    for (const { video, arrival } of moves) sets.join([video.videoId, arrival.rowId]);
    const parts = new Map<number, ListingPart>();
    const partOf = (id: number): ListingPart => {
      const top = sets.topOf(id);
      const part = parts.get(top) ?? { moves: [], changes: [], news: [] };
      parts.set(top, part);
      return part;
    };
    for (const move of moves) partOf(move.video.videoId).moves.push(move);
    for (const [id, change] of session.heldChanges) partOf(id).changes.push([id, change]);
    for (const id of session.heldNew) partOf(id).news.push(id);
    return [...parts.values()];
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
    const isHere = video.rootId === session.run.root.rootId;
    const change = isHere ? session.heldChanges.get(video.videoId)?.file : undefined;
    if (change) {
      // Where the new content is not known, only another size is proof that the old one is gone.
      const isKnown = session.heldIdentities.has(video.videoId);
      const isOther = change.sizeBytes !== video.sizeBytes || isKnown;
      if (!isOther || hasOwnContent(session, video)) return null;
    } else if (video.state !== 'missing') {
      return isHere && this.#goneIds.has(video.videoId) ? departureNow(video) : null;
    }
    const earlier = video.state === 'missing' && video.missedByJob !== session.run.jobRow;
    return { ...departureNow(video), earlier };
  }

  #presenceChecks({ departures, arrivals, elsewhere }: ContentGroup): FileCheck[] {
    const { placeOf } = this.#options;
    const isGone = departures.some((departure) => this.#isGoneFromHere(departure));
    return elsewhere
      .filter((video) => arrivals.length > 0 || (isGone && this.#isFresh(video)))
      .map((video) => ({
        type: 'presence',
        videoId: video.videoId,
        root: placeOf(video.rootId),
        sizeBytes: video.sizeBytes,
        mtimeMs: video.mtimeMs,
        mounted: video.mounted === 1,
        ...relativePlace(video),
      }));
  }

  #movesOf({ departures, arrivals, elsewhere }: ContentGroup): Move[] {
    const presenceOf = ({ videoId }: PlacedVideo) => this.#presence.get(videoId);
    const left = elsewhere.filter((video) => presenceOf(video) === 'gone').map(departureNow);
    // A row of another root only ever takes up what is gone from this one.
    const isGone = departures.some((departure) => this.#isGoneFromHere(departure));
    const found = elsewhere
      .filter((video) => isGone && presenceOf(video) === 'present' && this.#isFresh(video))
      .map((video) => ({ ...video, rowId: video.videoId, kind: 'elsewhere' }) as const);
    return matchMoves([...departures, ...left], [...arrivals, ...found])
      .filter(([departure, { kind }]) => kind !== 'elsewhere' || this.#isGoneFromHere(departure))
      .map(([{ video }, arrival]) => ({ video, arrival }));
  }

  /**
   * Videos whose content was not known before they went: the same inode with the same size and time is the same file,
   * as long as it did not leave the root.
   */
  #movesByInode(moves: readonly Move[]): Move[] {
    const { session, rows, gone } = this.#options;
    const hashless = gone.filter((video) => video.contentHash === null && video.sizeBytes > 0);
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

interface Content {
  sizeBytes: number;
  contentHash: Uint8Array;
}

/** Answers the key of a content; null where there is nothing to be compared by. */
function noteContent(
  contents: Map<string, Content>,
  { sizeBytes, contentHash }: { sizeBytes: number; contentHash: Uint8Array | null },
): string | null {
  if (!contentHash || contentHash.length === 0) return null;
  const key = `${sizeBytes} ${Buffer.from(contentHash).toString('base64')}`;
  contents.set(key, { sizeBytes, contentHash });
  return key;
}

function departureNow(video: PlacedVideo): Departure {
  return { folder: video.folder, name: video.name, video, earlier: false };
}

/** Null where the inode says nothing. */
function inodeKey({ inode, sizeBytes, mtimeMs }: PlacedVideo): string | null {
  return inode === 0 ? null : `${inode} ${sizeBytes} ${mtimeMs}`;
}

function groupBy<Key, T>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) addTo(groups, keyOf(item), item);
  return groups;
}

function addTo<Key, T>(groups: Map<Key, T[]>, key: Key, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}
