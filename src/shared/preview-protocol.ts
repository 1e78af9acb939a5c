import type { PreviewResult } from './job';
import type { AwaitedRoot, FileTask } from './library-protocol';
import type { VideoStream } from './media';
import type { Filmstrip, Poster, PreviewShare } from './preview';

/** What is to be made: both images, or only a poster that shows what the person chose. */
export type PreviewWork = { kind: 'preview' } | { kind: 'poster'; atSeconds: number };

/** A video to make pictures of. */
export interface PreviewTask extends FileTask {
  rootId: number;
  work: PreviewWork;
  durationSeconds: number | null;
  /** Its first video stream that is no cover picture. */
  stream: VideoStream;
}

/** Images that are in the cache now. `bytes`: the size of all of them. */
export interface MadePreview {
  token: string;
  poster: Poster;
  /** Null where only a poster was to be made, or the video is a single picture. */
  filmstrip: Filmstrip | null;
  bytes: number;
}

/**
 * `failed`: there is nothing to be seen in it, in words; it is not tried again until the file changes. `skipped`: it
 * was not there, or was being written to: it stays due. `rootAway`: nothing of its
 * root is there.
 */
export type PreviewOutcome =
  | { kind: 'made'; preview: MadePreview }
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

/** How far a preview job is. Counts are videos. */
export interface PreviewCounts {
  done: number;
  total: number;
  /** Of the done ones, those without a picture. */
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
     * Hands out the next videos: first what is on screen, then new files, then the rest; never more of a slow drive than
     * it can bear. `tasks` may be empty while `waiting` tells that some are left, which have to wait for others of their
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
