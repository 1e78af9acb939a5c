import type { PreviewPhase, PreviewResult } from './job';
import type { AwaitedRoot, FileTask } from './library-protocol';
import type { VideoStream } from './media';
import type { Filmstrip, Poster, PreviewShare } from './preview';

/**
 * What is to be made: a poster, of what the person chose or else of Vitrine's own choice, or the filmstrip that belongs
 * to the poster of a token.
 */
export type PreviewWork =
  | { kind: 'poster'; atSeconds: number | null }
  | { kind: 'filmstrip'; token: string };

/** A video to make pictures of. */
export interface PreviewTask extends FileTask {
  rootId: number;
  work: PreviewWork;
  durationSeconds: number | null;
  /** Its first video stream that is no cover picture. */
  stream: VideoStream;
}

/** An image that is in the cache now. `bytes`: its size. */
export type MadeImage =
  | { kind: 'poster'; token: string; bytes: number; poster: Poster }
  /** `filmstrip: null`: the video is a single picture, so that there is no image. */
  | { kind: 'filmstrip'; token: string; bytes: number; filmstrip: Filmstrip | null };

/**
 * `failed`: there is nothing to be seen in it, in words; it is not tried again until the file changes. `skipped`: it
 * was not there, or was being written to: it stays due. `rootAway`: nothing of its root is there.
 */
export type PreviewOutcome =
  | { kind: 'made'; image: MadeImage }
  | { kind: 'failed'; message: string }
  | { kind: 'skipped'; rootAway?: true };

/** One video that is done. Size, time and inode are those of just before. */
export interface PreviewReport {
  videoId: number;
  work: PreviewWork;
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  outcome: PreviewOutcome;
}

/** How far a preview job is with its phase. Counts are videos. */
export interface PreviewCounts {
  phase: PreviewPhase;
  done: number;
  total: number;
  /** Videos without a picture, in both phases. */
  problems: number;
}

/**
 * What the media process asks of the library over their direct port while it makes previews. Every call is refused with
 * STALE_RUN once the job's run is over.
 */
export interface PreviewSinkApi {
  procedures: {
    /** Opens the run's session in the library. */
    beginPreviews: {
      request: { jobId: string; runToken: string };
      response: PreviewCounts & { cacheFolder: string; roots: AwaitedRoot[] };
    };
    /**
     * Hands out the next videos: first what is on screen, then the rest, the newest first; posters before filmstrips;
     * never more of a slow drive than it can bear. `tasks` may be empty while `waiting` tells that some are left, which have to wait for others of their
     * drive. `roots`: those that are there only since the run began, or are there again; videos of theirs may follow.
     */
    takePreviewTasks: {
      request: { jobId: string; runToken: string; limit: number };
      response: {
        tasks: PreviewTask[];
        waiting: boolean;
        share: PreviewShare;
        roots?: AwaitedRoot[];
      };
    };
    writePreviews: {
      request: { jobId: string; runToken: string; reports: PreviewReport[] };
      response: PreviewCounts;
    };
    /** Marks the job succeeded in the same transaction as its result; null when more became due meanwhile. */
    finishPreviews: {
      request: { jobId: string; runToken: string };
      response: PreviewResult | null;
    };
  };
  notifications: Record<never, never>;
}
