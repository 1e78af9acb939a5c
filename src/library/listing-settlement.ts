import type { ChangeSignal } from './change-signal';
import { hasOwnContent } from './held-files';
import type { ListingComparison } from './listing-comparison';
import type { Arrival, ListingPart, Move } from './listing-part';
import { mustAsk } from './missing-guard';
import type { MoveRows, PlacedVideo } from './move-rows';
import type { RootPlaces } from './root-places';
import type { FileVersion, ScanRows } from './scan-rows';
import type { HeldChange, ScanSession } from './scan-session';
import type { UserData } from './user-data';

export interface ListingSettlementOptions {
  session: ScanSession;
  comparison: ListingComparison;
  parts: readonly ListingPart[];
  /** The person confirmed that what is not found is gone. */
  acceptMissing: boolean;
  scanRows: ScanRows;
  moveRows: MoveRows;
  places: RootPlaces;
  userData: UserData;
  changes: ChangeSignal;
  /** Scans that run now, this one among them. */
  sessions(): Iterable<ScanSession>;
}

/**
 * Writes what a complete listing means: moved videos, other versions of files, missing videos. Every step leaves rows
 * from which an interrupted scan goes on to the same end.
 */
export class ListingSettlement {
  readonly #options: ListingSettlementOptions;
  readonly #leaving: ReadonlySet<number>;
  readonly #leftFolders = new Set<number>();
  /** Runs whose memory was changed along with rows of theirs. */
  readonly told = new Set<ScanSession>();

  constructor(options: ListingSettlementOptions) {
    this.#options = options;
    const moves = options.parts.flatMap((part) => part.moves);
    this.#leaving = new Set(moves.map(({ video }) => video.videoId));
  }

  /** Yields where the work may be cut. */
  *run(): Generator<void, void> {
    const { session, parts, moveRows, places } = this.#options;
    const { root, jobRow } = session.run;
    for (const part of parts) {
      yield* this.#settlePart(part);
      yield;
    }
    yield* this.#settleGone();
    for (const folderId of this.#leftFolders) moveRows.dropFolderIfEmpty(folderId);
    session.missing = moveRows.countMissingOfJob(root.rootId, jobRow);
    places.markListed(root.rootId, session.unconfirmed.length);
  }

  /**
   * Moves can be made one by one: what is left decides about the rest as before. Where rows are replaced their old
   * contents are forgotten, so that a part with such rows is written at once. New files that were not matched are
   * marked last, by their content: in another run of the job they are not new any more.
   */
  *#settlePart({ moves, changes, news }: ListingPart): Generator<void, void> {
    const { session } = this.#options;
    for (const move of moves) {
      this.#move(move);
      if (changes.length === 0) yield;
    }
    for (const [videoId, change] of changes) this.#settleChange(videoId, change);
    for (const videoId of news) {
      if (!session.hasSeen(videoId)) continue;
      this.#identify(videoId, videoId);
      session.enqueue(videoId, 'probe');
    }
  }

  /** Keeps the content that was found at the place of a row that was held. */
  #identify(videoId: number, heldId: number): void {
    const { session, scanRows } = this.#options;
    const identity = session.heldIdentities.get(heldId);
    if (identity) scanRows.identify(videoId, identity, identity.contentHash);
  }

  #move({ video: known, arrival }: Move): void {
    const { session, moveRows, places, changes } = this.#options;
    const video = this.#unlessChanged(known);
    if (!video) return;
    const host = this.#sessionOf(arrival.rootId);
    // The host's walk may not have come to the place yet; then it finds the video there.
    const isSeen = host === session || host?.hasSeen(arrival.rowId);
    if (!this.#clear(arrival, video.videoId)) return;
    this.#sessionOf(video.rootId)?.unsee(video.videoId);
    const { jobRow } = (host ?? session).run;
    const relocated = moveRows.relocate(video.videoId, arrival, arrival, jobRow);
    if (isSeen) host?.see(video.videoId, { outcome: 'moved', ...relocated });
    if (video.rootId === session.run.root.rootId) this.#leftFolders.add(video.folderId);
    else if (video.state !== 'missing') places.noteFound(video.rootId);
    changes.note();
  }

  /** The row of a video, unless something happened to it since it was compared. */
  #unlessChanged(known: PlacedVideo): PlacedVideo | null {
    const video = this.#options.moveRows.video(known.videoId);
    if (!video || !isAt(video, known) || !isSameVersion(video, known)) return null;
    // The scan of another root may have found it again.
    return known.state === 'missing' && video.state !== 'missing' ? null : video;
  }

  /** Frees an arrival's place for a video; false where the row that stands there has to stay. */
  #clear(arrival: Arrival, videoId: number): boolean {
    const { moveRows, userData } = this.#options;
    const standIn = moveRows.video(arrival.rowId);
    const isThere = standIn !== null && isAt(standIn, arrival);
    if (arrival.kind === 'changed') {
      // It may have left for its own new place already.
      if (isThere) this.#displace(standIn);
      return true;
    }
    // Where the person has said of both what cannot be true of one, both stay.
    if (!isThere || !userData.merge(arrival.rowId, videoId)) return false;
    this.#sessionOf(arrival.rootId)?.unsee(arrival.rowId);
    moveRows.adoptPreview(arrival.rowId, videoId);
    moveRows.remove(arrival.rowId);
    return true;
  }

  /** Another video's file is in this one's place. What the person said of it is kept. */
  #displace({ videoId, state }: PlacedVideo): void {
    const { session, moveRows, userData } = this.#options;
    session.unsee(videoId);
    if (!this.#leaving.has(videoId) && !userData.has(videoId)) moveRows.remove(videoId);
    else if (state !== 'missing') moveRows.markMissing(videoId, session.run.jobRow);
  }

  #settleChange(videoId: number, { folderId, file, earlier }: HeldChange): void {
    const { session, scanRows, moveRows, changes } = this.#options;
    const video = moveRows.video(videoId);
    if (!video || !session.hasSeen(videoId) || !isAt(video, { ...file, folderId })) {
      // It left; what is there is a file of its own, unless another video took the place.
      if (scanRows.presentAt(folderId, file) !== null) return;
      const newId = scanRows.insert(session.run, folderId, file);
      this.#identify(newId, videoId);
      session.see(newId, { outcome: 'added', work: 'header', unreadable: false });
    } else if (hasOwnContent(session, video) && video.mtimeMs === file.mtimeMs) {
      const left = scanRows.renumber(videoId, file.inode);
      session.unsee(videoId);
      session.see(videoId, { outcome: earlier ?? 'unchanged', ...left });
    } else {
      const { work } = scanRows.replace(session.run, videoId, file, earlier ?? 'changed');
      this.#identify(videoId, videoId);
      session.enqueue(videoId, work);
    }
    changes.note();
  }

  *#settleGone(): Generator<void, void> {
    const { session, comparison, moveRows, acceptMissing, changes } = this.#options;
    const { rootId } = session.run.root;
    const missedBefore = moveRows.countMissingOfJob(rootId, session.run.jobRow);
    const gone: PlacedVideo[] = [];
    for (const video of comparison.gone) {
      if (this.#isGone(video)) gone.push(video);
      yield;
    }
    const isAsked = mustAsk({
      before:
        session.outcomes.unchanged +
        session.outcomes.changed +
        comparison.gone.length +
        missedBefore,
      gone: gone.filter((video) => !comparison.isAway(video)).length + missedBefore,
      discovered: session.counts.discovered,
    });
    const isBelieved = (video: PlacedVideo) =>
      acceptMissing || !(isAsked || comparison.isAway(video));
    session.unconfirmed = gone.filter((video) => !isBelieved(video)).map(({ videoId }) => videoId);
    yield;
    for (const { videoId } of gone.filter(isBelieved)) {
      moveRows.markMissing(videoId, session.run.jobRow);
      changes.note();
      yield;
    }
  }

  #isGone(known: PlacedVideo): boolean {
    const video = this.#options.moveRows.video(known.videoId);
    return video !== null && video.state !== 'missing' && isAt(video, known);
  }

  #sessionOf(rootId: number): ScanSession | undefined {
    for (const session of this.#options.sessions()) {
      if (session.run.root.rootId !== rootId) continue;
      this.told.add(session);
      return session;
    }
    return undefined;
  }
}

type NamedFile = Pick<PlacedVideo, 'folderId' | 'name' | 'nameBytes'>;

function isAt(one: NamedFile, other: NamedFile): boolean {
  const bytes = ({ nameBytes }: NamedFile) => Buffer.from(nameBytes ?? []);
  return (
    one.folderId === other.folderId && one.name === other.name && bytes(one).equals(bytes(other))
  );
}

function isSameVersion(one: FileVersion, other: FileVersion): boolean {
  return one.sizeBytes === other.sizeBytes && one.mtimeMs === other.mtimeMs;
}
