import { z } from 'zod';

/**
 * How a video gets to the page. `direct`: the file as it is, with Range requests; `remux`: its pictures as they are in
 * another container; `transcode`: decoded and encoded again while it plays.
 */
export const PLAYBACK_MODES = ['direct', 'remux', 'transcode'] as const;
export type PlaybackMode = (typeof PLAYBACK_MODES)[number];

/**
 * Times in a stream that is made for the page are later than those of the video by this many seconds: what lies a
 * little before the start of a video must not get a negative time. The page takes them off again.
 */
export const STREAM_OFFSET_SECONDS = 10;

/** A track that can be chosen, by ffprobe's stream index. */
const trackSchema = z.object({
  index: z.number().int().min(0),
  codec: z.string().nullable(),
  language: z.string().nullable(),
  title: z.string().nullable(),
  isDefault: z.boolean(),
  /** What can be done with it: false where no decoder or converter is there. */
  playable: z.boolean(),
});

const audioTrackSchema = trackSchema.extend({ channels: z.number().nullable() });
export type AudioTrack = z.infer<typeof audioTrackSchema>;

/** `external`: a file beside the video. Its `index` counts on behind the streams. */
const subtitleTrackSchema = trackSchema.extend({
  external: z.boolean(),
  forced: z.boolean(),
});
export type SubtitleTrack = z.infer<typeof subtitleTrackSchema>;

/** Subtitles that are pictures: they can only be drawn into the video, by opening it with their `subtitleIndex`. */
const BITMAP_SUBTITLES: readonly (string | null)[] = [
  'hdmv_pgs_subtitle',
  'dvd_subtitle',
  'dvb_subtitle',
  'xsub',
];

export function isBitmapSubtitle({ codec }: Pick<SubtitleTrack, 'codec'>): boolean {
  return BITMAP_SUBTITLES.includes(codec);
}

/** Everything that a player needs to play one video. */
export const playbackSchema = z.object({
  /** Opaque; names it in `media://play/<playbackId>/…` until it is closed. */
  playbackId: z.string().regex(/^[0-9a-f]{32}$/),
  mode: z.enum(PLAYBACK_MODES),
  /** Of what the page gets: for `direct` the file's type, otherwise what `MediaSource.isTypeSupported` takes. */
  mimeType: z.string(),
  /** Null where it is not known. */
  durationSeconds: z.number().nullable(),
  /** The element's time where the video begins: a file as it is keeps its own times, of which all others are counted. */
  zeroSeconds: z.number(),
  /** Seconds a frame lasts, for stepping; null where it is not known. */
  frameSeconds: z.number().nullable(),
  audioTracks: z.array(audioTrackSchema),
  subtitleTracks: z.array(subtitleTrackSchema),
  /** The audio stream that is played; null: none. */
  audioIndex: z.number().int().nullable(),
  /** Encoder that works for it, in ffmpeg's words; null unless the mode is `transcode`. */
  encoder: z.string().nullable(),
});
export type Playback = z.infer<typeof playbackSchema>;

/** Why a video cannot be played, in words for people. The system's player may know better. */
export interface Unplayable {
  reason: string;
}
