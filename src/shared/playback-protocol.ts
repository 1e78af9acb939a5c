import type { VideoPlace } from './library-protocol';
import type { ProbedMedia } from './media';
import type { Playback, PlaybackMode, Unplayable } from './playback';

/** What has to be known of a file to tell how it can be played. */
export type PlayableFacts = Pick<ProbedMedia, 'container' | 'durationUs' | 'streams'>;

/** What the person chose; left out: what the file itself says. */
export interface PlaybackChoice {
  audioIndex?: number | undefined;
  subtitleIndex?: number | undefined;
  /** A cheaper mode was tried and failed. */
  atLeast?: Exclude<PlaybackMode, 'direct'> | undefined;
}

/** How the pictures are encoded. */
export interface PicturePlan {
  /** ffmpeg's name. */
  encoder: string;
  /** Of the filters before the encoder, in ffmpeg's words; made of numbers and fixed words only. */
  filters: readonly string[];
  /** Frames a second as ffmpeg writes it; null: the times of the source are kept. */
  frameRate: string | null;
  /** Of {@link frameRate}; null with it. */
  frameSeconds: number | null;
  /** Matrix of the colours that come out, in ffmpeg's words; null: not known. */
  colourMatrix: string | null;
  /** Stream of a bitmap subtitle that is drawn into the pictures. */
  burntSubtitle: number | null;
}

/** What ffmpeg makes of a file while it plays. */
export interface StreamPlan {
  videoIndex: number;
  audio: { index: number; copy: boolean } | null;
  /** Null: they are copied. */
  picture: PicturePlan | null;
  /** Seconds that the demuxer goes back to before the wanted time, because it finds no key frame by itself. */
  seekMarginSeconds: number;
}

/** Where a subtitle comes from: a stream of the file, or a file beside it. */
export type SubtitleSource =
  | { kind: 'stream'; index: number }
  | {
      kind: 'file';
      index: number;
      name: string;
      /** The name's raw bytes where it is not valid UTF-8. */
      nameBytes: Uint8Array | null;
      /** ffmpeg's demuxer. */
      format: string;
    };

/** What the media process has to be told again to open a stream of a playback: it keeps nothing itself. */
export interface PlaybackPlan {
  file: VideoPlace;
  /** Null: the file as it is. */
  stream: StreamPlan | null;
  subtitles: readonly SubtitleSource[];
}

export type PreparedPlayback =
  | { kind: 'playable'; playback: Omit<Playback, 'playbackId'>; plan: PlaybackPlan }
  | ({ kind: 'unplayable' } & Unplayable);

/** Which bytes are wanted of a playback. */
export type StreamWish =
  | { kind: 'file' }
  /** Fragmented MP4 from this time on, in seconds; `silent`: with silence in place of its sound. */
  | { kind: 'media'; fromSeconds: number; silent?: boolean }
  /** WebVTT. */
  | { kind: 'subtitle'; index: number };

/** A stream whose bytes can be asked for. */
export interface OpenedStream {
  streamId: number;
  /** Null where it is not known before the end. */
  sizeBytes: number | null;
}

/** Largest part of a file that is read at once, in bytes. */
export const MAX_CHUNK_BYTES = 512 * 1024;

/** What main asks of the media process to play a video. */
export interface PlaybackApi {
  procedures: {
    /**
     * Finds out how a video can be played.
     * @throws ROOT_OFFLINE, FILE_NOT_FOUND, PERMISSION_DENIED, PROBE_TOOL_MISSING, SYSTEM_BUSY
     */
    preparePlayback: {
      request: { file: VideoPlace; facts: PlayableFacts | null; choice: PlaybackChoice };
      response: PreparedPlayback;
    };
    /**
     * Opens a stream of a playback; it is the caller's to close.
     * @throws FILE_NOT_FOUND, PERMISSION_DENIED, PROBE_TOOL_MISSING, SYSTEM_BUSY, INVALID_REQUEST there is no such subtitle
     */
    openStream: { request: { plan: PlaybackPlan; wish: StreamWish }; response: OpenedStream };
    /**
     * The next bytes; null at the end. `position` is for files only, which are read from any place.
     * @throws CANCELLED it was closed, also because nobody read it for long; INTERNAL ffmpeg gave up, or the file cannot be read
     */
    readStream: {
      request: { streamId: number; position: number; maxBytes: number };
      response: Uint8Array | null;
    };
    /** Ends its child process; nothing happens when it is closed already. */
    closeStream: { request: { streamId: number }; response: null };
  };
  notifications: Record<never, never>;
}
