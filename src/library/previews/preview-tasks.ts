import type { PreviewTask } from '../../shared/preview-protocol';
import { DUE, type DuePlace, type DueRoot, isBefore } from './due-videos';
import type { PreviewSession } from './preview-session';
import type { PreviewSinkOptions } from './preview-sink';
import { contentText, isChoice, phaseOf, streamOf, taskOf, workOf } from './preview-work';

/** A round lasts at least so long, in milliseconds: then what became due above its place is found. */
const LEAST_ROUND_MS = 1000;

interface Taken {
  tasks: PreviewTask[];
  waiting: boolean;
}

type Roots = ReadonlyMap<number, DueRoot>;

/**
 * Chooses what a run makes next: suspects one by one, then what is on screen, then all others, the newest first; posters
 * before filmstrips. A video with the content of another one takes its preview and is not handed out for it at all. Generators yield where the work may be cut,
 * and expect a transaction.
 */
export class PreviewTasks {
  readonly #options: PreviewSinkOptions;

  constructor(options: PreviewSinkOptions) {
    this.#options = options;
  }

  *take(session: PreviewSession, limit: number): Generator<void, Taken> {
    const { now } = this.#options;
    const startedAt = now();
    const isNewRound = Math.abs(startedAt - session.roundAt) >= session.roundMs;
    if (isNewRound) session.places.clear();
    const taken = yield* this.#choose(session, limit);
    if (isNewRound) {
      session.roundAt = now();
      // To pass over what was skipped takes time: as much of it is for what was not.
      session.roundMs = Math.max(LEAST_ROUND_MS, session.roundAt - startedAt);
    }
    return taken;
  }

  *#choose(session: PreviewSession, limit: number): Generator<void, Taken> {
    const roots = this.#roots(session);
    if (session.isAlone) return { tasks: [], waiting: true };
    const suspect = yield* this.#takeAlone(session, session.suspects, roots);
    if (suspect) return suspect;
    const tasks: PreviewTask[] = [];
    let isBlocked = false;
    const candidates = this.#candidates(session, roots);
    while (tasks.length < limit) {
      const next = candidates.next();
      if (next.done) {
        isBlocked ||= next.value || session.hasParked;
        break;
      }
      const claim = this.#claim(session, next.value, roots, false);
      if (claim === 'blocked') isBlocked = true;
      else if (claim) tasks.push(claim);
      yield;
    }
    if (tasks.length > 0 || isBlocked) return { tasks, waiting: isBlocked };
    return (yield* this.#takeAlone(session, session.charged, roots)) ?? { tasks, waiting: false };
  }

  /** Whether something can be handed out that was not, in any round. */
  *isAnyLeft(session: PreviewSession): Generator<void, boolean> {
    const roots = this.#roots(session);
    session.places.clear();
    const isLeft = (videoId: number) => {
      const video = this.#options.rows.due(videoId);
      if (!video || !roots.has(video.rootId) || session.wasSkipped(video)) return false;
      return workOf(video, streamOf(video)) !== null;
    };
    if ([...session.suspects, ...session.charged].some(isLeft)) return true;
    for (const videoId of this.#candidates(session, roots)) {
      if (isLeft(videoId)) {
        // The next round finds it.
        session.places.clear();
        return true;
      }
      yield;
    }
    return false;
  }

  #roots(session: PreviewSession): Roots {
    const there = this.#options.due.roots().filter(({ rootId }) => !session.isAway(rootId));
    return new Map(there.map((root) => [root.rootId, root]));
  }

  /** The next of some files, with nothing else in flight; null when none of them is left. */
  *#takeAlone(
    session: PreviewSession,
    videoIds: number[],
    roots: Roots,
  ): Generator<void, Taken | null> {
    for (;;) {
      const [videoId] = videoIds;
      if (videoId === undefined) return null;
      if (session.inFlight > 0) return { tasks: [], waiting: true };
      videoIds.shift();
      session.release(videoId);
      const claim = this.#claim(session, videoId, roots, true);
      if (claim && claim !== 'blocked') return { tasks: [claim], waiting: true };
      yield;
    }
  }

  /** Videos in the order in which they are to be made; in the end, whether some wait for others of their drive. */
  *#candidates(session: PreviewSession, roots: Roots): Generator<number, boolean> {
    const { due, cache, onScreen } = this.#options;
    for (const videoId of due.among(onScreen())) {
      if (!session.isHeld(videoId)) yield videoId;
    }
    if (!cache.hasRoom()) return false;
    for (;;) {
      const videoId = session.freed.shift();
      if (videoId === undefined) break;
      yield videoId;
    }
    return yield* this.#inBackground(session, roots);
  }

  *#inBackground(session: PreviewSession, roots: Roots): Generator<number, boolean> {
    const heads = new Map<number, DuePlace | null>();
    const headOf = (rootId: number): DuePlace | null => {
      const known = heads.get(rootId);
      if (known !== undefined) return known;
      const head = this.#options.due.next(rootId, session.places.get(rootId));
      heads.set(rootId, head);
      return head;
    };
    for (;;) {
      let first: (DuePlace & { rootId: number }) | null = null;
      for (const { rootId, slowVolume } of roots.values()) {
        const head = session.isBusy(slowVolume) ? null : headOf(rootId);
        if (head && (!first || isBefore(head, first))) first = { ...head, rootId };
      }
      if (!first) break;
      session.places.set(first.rootId, first);
      heads.delete(first.rootId);
      if (!session.isHeld(first.videoId)) yield first.videoId;
    }
    return [...roots.values()].some(
      ({ rootId, slowVolume }) => session.isBusy(slowVolume) && headOf(rootId) !== null,
    );
  }

  /** Shares, puts off or hands out a video; null when nothing is to be done with it. */
  #claim(
    session: PreviewSession,
    videoId: number,
    roots: Roots,
    alone: boolean,
  ): PreviewTask | 'blocked' | null {
    const { rows, suspects } = this.#options;
    const video = rows.due(videoId);
    const root = video && roots.get(video.rootId);
    if (!video || !root || session.isHeld(videoId) || session.wasSkipped(video)) return null;
    const stream = streamOf(video);
    if (stream && video.needsPreview === 1 && rows.share(video)) {
      const isLeft = this.#noteShared(session, videoId);
      return isLeft ? this.#claim(session, videoId, roots, alone) : null;
    }
    const work = workOf(video, stream);
    if (!work || !stream) {
      // Another video with the same content has got its filmstrip, or the stream is not to be understood.
      session.goOn(videoId, video.due === DUE.filmstrip ? 'filmstrips' : 'posters', null);
      rows.settle(videoId);
      return null;
    }
    if (session.isBusy(root.slowVolume)) return 'blocked';
    const content = isChoice(work) ? null : contentText(video);
    if (session.park(videoId, content)) return 'blocked';
    const { rootId, slowVolume } = root;
    const { sizeBytes, mtimeMs, posterAtUs } = video;
    const file = { rootId, sizeBytes, mtimeMs, slowVolume, phase: phaseOf(work) };
    session.handOut(videoId, { ...file, content, alone, posterAtUs });
    suspects.handOut(session.runToken, videoId, alone);
    return taskOf(video, work, stream);
  }

  /** Answers whether there is a poster left to be made; a filmstrip waits for its turn. */
  #noteShared(session: PreviewSession, videoId: number): boolean {
    const { rows, changes, now } = this.#options;
    const next = rows.settle(videoId);
    session.goOn(videoId, 'posters', next);
    session.count(videoId, 'shared');
    rows.saveCheckpoint(session.jobRow, session.checkpoint(now()));
    changes.note();
    return next?.kind === 'poster';
  }
}
