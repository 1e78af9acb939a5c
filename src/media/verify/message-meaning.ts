import type { LogLevel } from './log-line';

/** What is said of a decoder's or demuxer's message. */
interface Message {
  level: LogLevel;
  context: string | null;
  text: string;
}

/** ffmpeg's own warnings and remarks that are worth an error. */
const GRAVE_REMARKS: readonly RegExp[] = [
  /: corrupt (?:input packet|decoded frame) in stream/,
  /sync lost/,
  // The picture was patched up; the decoder may have said nothing else.
  /^concealing \d+ DC/,
];

/** Errors that sound files have: camera notes that ffmpeg does not know, and its own muxer. */
const HARMLESS: readonly RegExp[] = [/unable to decode APP fields/, /^SEI type \d+ .*truncated/];

/**
 * The recording begins in the middle of a group of pictures, as those of television do: what the first pictures refer
 * to was sent before. Recordings keep that when they are put into another container.
 */
const MISSING_REFERENCES: readonly RegExp[] = [
  /co located POCs unavailable/,
  /mmco: unref short failure/,
  /number of reference frames .* exceeds max/,
  /reference picture missing during reorder/i,
  /Missing reference picture/,
  /Could not find ref with POC/,
  /illegal short term buffer state/,
  /invalid new backstep/,
  /corrupt decoded frame in stream/,
];

/** The same in containers that can be cut anywhere: the first packets may be halves, their headers not there yet. */
const MISSING_HEADERS: readonly RegExp[] = [
  /non-existing [SP]PS/,
  /[SPV]PS (?:id )?(?:\d+ does not exist|out of range)/,
  /decode_slice_header error/,
  /no frame!/,
  /Invalid frame dimensions 0x0/,
  /Header missing/,
  /incomplete frame/,
  /Error while decoding stream/,
];

/** ffmpeg's names of containers, and of streams without one, that have no index and can be cut anywhere. */
const CUT_ANYWHERE: ReadonlySet<string> = new Set([
  'mpegts',
  'mpeg',
  'mpegvideo',
  'h264',
  'hevc',
  'm4v',
  'vc1',
]);

/** Whether a message tells of damage, wherever in the file it comes. */
export function isDamage({ level, context, text }: Message): boolean {
  if (context === 'null') return false;
  if (level === 'warning' || level === 'info') return matches(GRAVE_REMARKS, text);
  return !matches(HARMLESS, text);
}

/** Whether it is what a recording that begins in the middle of things says at its start. */
export function isOfLateStart(text: string, format: string): boolean {
  return (
    matches(MISSING_REFERENCES, text) ||
    (CUT_ANYWHERE.has(format) && matches(MISSING_HEADERS, text))
  );
}

/** Whether the drive, not the file, may be what failed. */
export function isDriveError(text: string): boolean {
  return /Input\/output error|Stale file handle|No such device|Host is down|Transport endpoint/.test(
    text,
  );
}

function matches(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}
