import { z } from 'zod';
import { previewSchema } from './preview';
import { PROBLEM_CODES, VIDEO_STATES } from './video-state';

export { PROBLEM_CODES, type ProblemCode, type VideoState } from './video-state';

/** How much of a file is known: nothing yet, its header, or everything that ffprobe tells. */
const PROBE_LEVELS = ['none', 'quick', 'full'] as const;
export type ProbeLevel = (typeof PROBE_LEVELS)[number];

const HDR_KINDS = ['HDR10', 'HLG', 'Dolby Vision', 'PQ'] as const;
export type HdrKind = (typeof HDR_KINDS)[number];

/** Where reading a file failed. */
const PROBLEM_STAGES = ['open', 'probe', 'parse'] as const;
const text = z.string();
const nullableText = z.string().nullable();
const nullableNumber = z.number().nullable();

/** An exact frame rate or aspect ratio as `numerator/denominator`, for example `30000/1001`. */
const fractionText = z.string().regex(/^\d+\/[1-9]\d*$/);

/** Why a video cannot be read. `toolOutput` is what ffprobe wrote to its standard error, shortened. */
export const problemSchema = z.object({
  stage: z.enum(PROBLEM_STAGES),
  code: z.enum(PROBLEM_CODES),
  message: text,
  toolOutput: nullableText,
  occurredAt: z.number(),
});
export type Problem = z.infer<typeof problemSchema>;

const streamBase = {
  /** ffprobe's stream index. */
  index: z.number().int(),
  codec: nullableText,
  codecLongName: nullableText,
  codecTag: nullableText,
  profile: nullableText,
  bitRate: nullableNumber,
  durationSeconds: nullableNumber,
  startSeconds: nullableNumber,
  language: nullableText,
  title: nullableText,
  /** Names of ffprobe's disposition flags that are set, for example `default`, `forced`. */
  disposition: z.array(z.string()),
};

const videoStreamSchema = z.object({
  ...streamBase,
  type: z.literal('video'),
  level: nullableNumber,
  /** Size of the coded picture in samples. */
  codedWidth: nullableNumber,
  codedHeight: nullableNumber,
  /** Size in square pixels after sample aspect ratio and rotation: what a viewer sees. */
  width: nullableNumber,
  height: nullableNumber,
  sampleAspectRatio: fractionText.nullable(),
  /** Clockwise degrees that a player turns the picture by: 0, 90, 180 or 270. */
  rotation: z.number(),
  averageFrameRate: fractionText.nullable(),
  realFrameRate: fractionText.nullable(),
  variableFrameRate: z.boolean().nullable(),
  pixelFormat: nullableText,
  bitDepth: nullableNumber,
  colourPrimaries: nullableText,
  colourTransfer: nullableText,
  colourMatrix: nullableText,
  colourRange: nullableText,
  hdr: z.enum(HDR_KINDS).nullable(),
  fieldOrder: nullableText,
  frameCount: nullableNumber,
});

const audioStreamSchema = z.object({
  ...streamBase,
  type: z.literal('audio'),
  channels: nullableNumber,
  channelLayout: nullableText,
  sampleRate: nullableNumber,
  sampleFormat: nullableText,
  bitDepth: nullableNumber,
});

const otherStreamSchema = z.object({
  ...streamBase,
  /** `picture` is cover art or an attached thumbnail: never the video itself. */
  type: z.enum(['subtitle', 'data', 'attachment', 'picture']),
  fileName: nullableText,
});

export const streamSchema = z.discriminatedUnion('type', [
  videoStreamSchema,
  audioStreamSchema,
  otherStreamSchema,
]);
export type VideoStream = z.infer<typeof videoStreamSchema>;
export type AudioStream = z.infer<typeof audioStreamSchema>;
export type OtherStream = z.infer<typeof otherStreamSchema>;
export type Stream = z.infer<typeof streamSchema>;

export const chapterSchema = z.object({
  startSeconds: z.number(),
  endSeconds: z.number(),
  title: nullableText,
});
export type Chapter = z.infer<typeof chapterSchema>;

const locationSchema = z.object({
  /** Degrees, WGS 84, north and east positive. */
  latitude: z.number(),
  longitude: z.number(),
  /** Metres above sea level. */
  altitude: nullableNumber,
});
export type Location = z.infer<typeof locationSchema>;

/** Facts that grid, sort and filters use; null where unknown. */
export interface MediaFacts {
  /** `mp4`, `mov`, `3gp`, `matroska`, `webm`, `avi`, `mpegts`, … : ffprobe's word, made exact for its families. */
  container: string | null;
  /** Integer microseconds. */
  durationUs: number | null;
  width: number | null;
  height: number | null;
  rotation: number | null;
  /** `numerator/denominator`. */
  frameRate: string | null;
  variableFrameRate: boolean | null;
  videoCodec: string | null;
  audioCodec: string | null;
  audioChannels: number | null;
  /** Bits per second of the whole file. */
  bitRate: number | null;
  hdr: HdrKind | null;
  bitDepth: number | null;
}

/** Everything that one successful ffprobe run tells about a file. */
export interface ProbedMedia extends MediaFacts {
  /** ffprobe's `format_name`, for example `mov,mp4,m4a,3gp,3g2,mj2`. */
  formatName: string;
  streams: Stream[];
  chapters: Chapter[];
  /** SMPTE time code of the first frame, for example `01:00:00;00`. */
  timecode: string | null;
  /** When the recording was made, milliseconds since epoch. */
  recordedAtMs: number | null;
  cameraMake: string | null;
  cameraModel: string | null;
  location: Location | null;
  title: string | null;
}

/** One video as the grid, the table and `list --json` show it. */
export const videoSummarySchema = z.object({
  id: z.number().int(),
  rootId: z.number().int(),
  /** Absolute, for display and for handing to other programs; lossy where the name is not valid UTF-8. */
  path: text,
  /** Folder relative to the root with `/` between names; empty for the root itself. */
  folder: text,
  name: text,
  sizeBytes: z.number(),
  mtimeMs: z.number(),
  state: z.enum(VIDEO_STATES),
  probeLevel: z.enum(PROBE_LEVELS),
  container: nullableText,
  durationSeconds: nullableNumber,
  width: nullableNumber,
  height: nullableNumber,
  rotation: nullableNumber,
  frameRate: fractionText.nullable(),
  variableFrameRate: z.boolean().nullable(),
  videoCodec: nullableText,
  audioCodec: nullableText,
  audioChannels: nullableNumber,
  bitRate: nullableNumber,
  hdr: z.enum(HDR_KINDS).nullable(),
  bitDepth: nullableNumber,
  addedAtMs: z.number(),
  problem: problemSchema.pick({ code: true, message: true }).nullable(),
  /** Null while none was made, and where nothing can be seen. */
  preview: previewSchema.nullable(),
  /** Why there is no preview and will be none, in words; null otherwise. */
  previewProblem: nullableText,
});
export type VideoSummary = z.infer<typeof videoSummarySchema>;

/** A place in a file that could not be decoded. */
export const damageSchema = z.object({
  /** Seconds from the start; null where the decoder did not say. */
  atSeconds: nullableNumber,
  /** Where the damage ends, if it is more than one spot. */
  untilSeconds: z.number().exactOptional(),
  /** The decoder's words. */
  message: text,
});
export type Damage = z.infer<typeof damageSchema>;

/** What decoding a whole file found. It belongs to the version of the file that was read. */
const verificationSchema = z.object({
  verifiedAtMs: z.number(),
  outcome: z.enum(['intact', 'damaged', 'unreadable']),
  /** The first places; `damageCount` tells how many there were. */
  damage: z.array(damageSchema),
  damageCount: z.number(),
  /** Codecs of streams that were left out, because there is no decoder for them. */
  unchecked: z.array(z.string()).exactOptional(),
});
export type Verification = z.infer<typeof verificationSchema>;

/** One video with all that is known of it: the inspector's and `show`'s answer. */
export const videoDetailSchema = videoSummarySchema.extend({
  problem: problemSchema.nullable(),
  formatName: nullableText,
  timecode: nullableText,
  recordedAtMs: nullableNumber,
  cameraMake: nullableText,
  cameraModel: nullableText,
  location: locationSchema.nullable(),
  title: nullableText,
  missingSinceMs: nullableNumber,
  probedAtMs: nullableNumber,
  streams: z.array(streamSchema),
  chapters: z.array(chapterSchema),
  tags: z.array(z.string()),
  rating: nullableNumber,
  note: nullableText,
  /** The picture that the person chose to stand for the video, by its time. */
  posterSeconds: nullableNumber,
  /** Where playing stopped. */
  positionSeconds: nullableNumber,
  /** Other videos with the same content. */
  copies: z.array(z.object({ id: z.number().int(), path: text })),
  /** Null when it was not verified, or changed since. */
  verification: verificationSchema.nullable(),
});
export type VideoDetail = z.infer<typeof videoDetailSchema>;
