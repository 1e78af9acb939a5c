import { STREAM_OFFSET_SECONDS } from '../../shared/playback';
import type { PicturePlan, StreamPlan, StreamWish } from '../../shared/playback-protocol';
import { INPUT_LIMITS, inputAddress } from '../children/tool-input';
import { encoderOf } from './encoders';

const QUIET = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error'];

/** A fragment at least every so often, whatever the distance of key frames: the page gets the first picture soon. */
const FRAGMENT_MICROSECONDS = 250_000;

/**
 * Arguments of a run that writes one video from a time on as fragmented MP4 to its standard output.
 *
 * Times stay true: the output is moved by the wanted time (plus {@link STREAM_OFFSET_SECONDS}), nothing is shifted to
 * zero, no edit list hides a shift, and `frag_discont` makes the first fragment's decode time the true one. Copied
 * pictures begin at the key frame before the wanted time.
 * @param source what stands behind `file:`
 */
export function streamArguments(
  source: string,
  plan: StreamPlan,
  { fromSeconds, silent = false }: Extract<StreamWish, { kind: 'media' }>,
): string[] {
  const { picture, audio } = plan;
  const wanted = picture ? onFrameGrid(fromSeconds, picture) : fromSeconds;
  const sought = Math.max(0, wanted - plan.seekMarginSeconds);
  // What is copied cannot be dropped up to a time: it would begin at the key frame behind it.
  const start = picture ? wanted : sought;
  return [
    ...QUIET,
    ...(picture ? encoderOf(picture.encoder).device : []),
    ...INPUT_LIMITS,
    ...(sought > 0 ? ['-ss', seconds(sought)] : []),
    // Some containers keep only the order in which frames are decoded.
    ...['-fflags', '+genpts', '-i', inputAddress(source)],
    ...(audio && silent ? SILENCE : []),
    ...(start > sought ? ['-ss', seconds(start - sought)] : []),
    ...(picture ? pictureArguments(plan.videoIndex, picture) : copyArguments(plan.videoIndex)),
    ...(audio && silent ? SILENT_AUDIO : audioArguments(audio)),
    ...['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-output_ts_offset', seconds(start + STREAM_OFFSET_SECONDS)],
    ...['-avoid_negative_ts', 'disabled', '-use_editlist', '0'],
    ...['-movflags', 'empty_moov+default_base_moof+frag_discont'],
    ...['-frag_duration', String(FRAGMENT_MICROSECONDS), '-f', 'mp4', 'pipe:1'],
  ];
}

/** Arguments of a run that writes one subtitle as WebVTT to its standard output. */
export function subtitleArguments(source: string, index: number): string[] {
  return [
    ...[...QUIET, ...INPUT_LIMITS, '-i', inputAddress(source)],
    ...['-map', `0:${index}`, '-f', 'webvtt', 'pipe:1'],
  ];
}

/**
 * Arguments of a run that writes a subtitle file, which comes in UTF-8 on its standard input, as WebVTT.
 * @param format ffmpeg's demuxer
 */
export function subtitleFileArguments(format: string): string[] {
  return [
    ...[...QUIET, '-protocol_whitelist', 'pipe', '-format_whitelist', format],
    ...['-sub_charenc', 'UTF-8', '-f', format, '-i', 'pipe:0', '-f', 'webvtt', 'pipe:1'],
  ];
}

/**
 * The start of the frame that is shown at a time, a quarter of a frame earlier: so no frame is dropped for being a
 * rounding error too early, and a time that is just the frame's start shows it.
 */
function onFrameGrid(fromSeconds: number, { frameSeconds }: PicturePlan): number {
  if (frameSeconds === null) return fromSeconds;
  const frame = Math.floor(fromSeconds / frameSeconds + 0.01);
  return Math.max(0, (frame - 0.25) * frameSeconds);
}

function copyArguments(videoIndex: number): string[] {
  return ['-map', `0:${videoIndex}`, '-c:v', 'copy'];
}

function pictureArguments(videoIndex: number, picture: PicturePlan): string[] {
  const { filters, burntSubtitle, frameRate, frameSeconds, colourMatrix } = picture;
  const chain = filters.join(',');
  return [
    ...(burntSubtitle === null
      ? ['-map', `0:${videoIndex}`, '-vf', chain]
      : ['-filter_complex', burning(videoIndex, burntSubtitle, chain), '-map', '[out]']),
    ...['-c:v', picture.encoder, ...encoderOf(picture.encoder).options],
    ...(frameRate !== null && frameSeconds !== null
      ? ['-vsync', 'cfr', '-r', frameRate, '-g', String(Math.ceil(2 / frameSeconds))]
      : ['-vsync', 'vfr', '-g', '60']),
    ...(colourMatrix === null ? [] : ['-colorspace', colourMatrix, '-color_range', 'tv']),
  ];
}

/** Subtitles may have been made for another size than the pictures have. */
function burning(videoIndex: number, subtitleIndex: number, chain: string): string {
  return (
    `[0:${subtitleIndex}][0:${videoIndex}]scale2ref[subtitle][picture];` +
    `[picture][subtitle]overlay=eof_action=pass,${chain}[out]`
  );
}

/** A second input, which never ends: the end of the pictures is that of the stream. */
const SILENCE = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo'];

const ENCODED_AUDIO = ['-c:a', 'aac', '-b:a', '192k', '-ac', '2', '-ar', '48000'];
const SILENT_AUDIO = ['-map', '1:a', ...ENCODED_AUDIO, '-shortest'];

function audioArguments(audio: StreamPlan['audio']): string[] {
  if (!audio) return ['-an'];
  return [
    ...['-map', `0:${audio.index}`],
    ...(audio.copy
      ? ['-c:a', 'copy']
      : // Sound that begins later than the pictures, or has gaps, is filled with silence: the page would wait for it.
        [...ENCODED_AUDIO, '-af', AUDIO_FILTER]),
  ];
}

const AUDIO_FILTER = 'aresample=async=1:first_pts=0';

/** Without the exponents that ffmpeg does not read. */
function seconds(value: number): string {
  return value.toFixed(6);
}
