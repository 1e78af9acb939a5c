import type { VideoStream } from '../../shared/media';
import { INPUT_LIMITS, inputAddress } from '../children/tool-input';
import { imageOutput } from './encode-image';
import { pictureFilters } from './filters';
import type { FramePlan } from './frame-plan';
import type { ImageFile } from './image-file';
import type { Size } from './picture-size';

export interface FrameRun {
  /** What stands behind `file:`. */
  source: string;
  stream: VideoStream;
  /** Of the pictures that are wanted, as displayed. */
  size: Size;
  /** Threads of one decoder. */
  threads: number;
  /** The file tells all that a decoder has to know before anything is decoded. */
  describesStreams: boolean;
}

/**
 * Codecs of which ffmpeg decodes a picture when it opens a file, only to learn what a header has told already: that
 * takes as long as the picture that is wanted. Their decoders have the same names.
 */
const DECODED_AT_OPENING: ReadonlySet<string> = new Set(['h264', 'prores', 'vp8', 'vp9']);

const milliseconds = (seconds: number) => Math.round(seconds * 1000);

/**
 * Arguments of a run that writes raw pictures, YUV 4:2:0, to its standard output, and the time of each, in milliseconds
 * from the start of the file, to its log: `showinfo` comes last, so that pictures and times stand in the same order.
 * @param image is written too, of the first picture of a plan that seeks
 */
export function frameArguments(run: FrameRun, plan: FramePlan, image?: ImageFile): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'repeat+level+info'],
    ...['-filter_threads', '1'],
    ...words(run, plan, image),
  ];
}

function words(run: FrameRun, plan: FramePlan, image: ImageFile | undefined): string[] {
  switch (plan.kind) {
    case 'seeks':
      return [
        ...plan.times.flatMap((at) =>
          // A decoder that skips the other frames would hold the keyframe back until the next one.
          input(run, [...unopened(run), '-noaccurate_seek', '-ss', at.toFixed(3)]),
        ),
        ...plan.times.flatMap((at, index) => [
          ...output(run, index, { first: picked(plan), offset: at }),
          ...['-frames:v', '1', ...RAW],
        ]),
        ...(image ? imageOf(run, picked(plan), image) : []),
      ];
    case 'keyframes':
      return [
        // Containers with an index do not even read the others.
        ...input(run, ['-skip_frame', 'nokey', '-discard', 'nokey']),
        ...output(run, 0, { first: [oneOf(plan.every, 0)] }),
        ...RAW,
      ];
    case 'all':
      return [
        ...input(run, plan.withoutUnreferenced ? ['-skip_frame', 'noref'] : []),
        ...output(run, 0, { first: [oneOf(plan.every, plan.every / 2)] }),
        ...RAW,
      ];
    case 'span':
      return [
        // A jump to the start is one too, which not every file survives.
        ...input(run, plan.from > 0 ? ['-ss', plan.from.toFixed(3)] : []),
        ...output(run, 0, {
          first: [`trim=end=${(plan.to - plan.from).toFixed(3)}`],
          offset: plan.from,
        }),
        ...RAW,
      ];
  }
}

/** Each picture at once, whatever the others' times are. */
const RAW: readonly string[] = [
  ...['-vsync', '0', '-c:v', 'rawvideo', '-pix_fmt', 'yuv420p', '-f', 'rawvideo'],
  ...['-flush_packets', '1', 'pipe:1'],
];

function input({ source, threads }: FrameRun, rest: readonly string[]): string[] {
  return [
    ...INPUT_LIMITS,
    ...['-threads', String(threads), '-noautorotate'],
    // Several inputs are read ahead by threads of their own.
    ...['-thread_queue_size', '1'],
    ...rest,
    ...['-i', inputAddress(source)],
  ];
}

/** @param offset seconds from the start of the file to the input's zero */
function output(
  { stream, size }: FrameRun,
  index: number,
  { first, offset = 0 }: { first: readonly string[]; offset?: number },
): string[] {
  const filters = [
    ...first,
    ...pictureFilters(stream, size),
    'settb=1/1000',
    `setpts=PTS+${milliseconds(offset)}`,
    'showinfo',
  ];
  return ['-map', `${index}:${stream.index}`, '-vf', filters.join(',')];
}

/** The filters give the image the picture that is written raw too, which has been decoded once. */
function imageOf({ stream, size }: FrameRun, first: readonly string[], image: ImageFile): string[] {
  const filters = [...first, ...pictureFilters(stream, size)];
  return ['-map', `0:${stream.index}`, '-vf', filters.join(','), ...imageOutput(image)];
}

/** Keeps ffmpeg from decoding anything before it was told what: opening a file has no decoder, its video stream has. */
function unopened({ stream: { codec }, describesStreams }: FrameRun): string[] {
  if (!describesStreams || codec === null || !DECODED_AT_OPENING.has(codec)) return [];
  return ['-codec_whitelist', 'none', '-codec_whitelist:v', codec];
}

function picked({ ordinal }: Extract<FramePlan, { kind: 'seeks' }>): string[] {
  return ['select=key', nth(ordinal)];
}

/** Only one picture, counted from 1. */
function nth(ordinal: number): string {
  return `trim=start_frame=${ordinal - 1}:end_frame=${ordinal}`;
}

/** The first picture in each part of so many seconds, parts counted from a time on. */
function oneOf(every: number, from: number): string {
  const part = (time: string) => `floor((${time}-${from})/${every})`;
  const isFirst = `isnan(prev_selected_t)*gte(t,${from})`;
  return `select='${isFirst}+gt(${part('t')},${part('prev_selected_t')})'`;
}
