import type { Damage, Verification } from '../../shared/media';
import type { RunEnd } from '../children/supervise';
import { explainErrorOutput } from '../probe/explain-failure';
import type { DecodeLog, StreamFacts } from './decode-log';

/** What decoding a file found. */
export type DecodeFindings = Pick<Verification, 'outcome' | 'damage' | 'damageCount'>;

/** Containers whose header tells how long they are, so that an earlier end is an accident. */
const DURATION_IN_HEADER: ReadonlySet<string> = new Set([
  'mov',
  'matroska',
  'avi',
  'flv',
  'asf',
  'mxf',
  'gxf',
]);

/** What may be missing at the end of a sound file: streams end at different times, the last picture stays a while. */
const END_TOLERANCE_SECONDS = 2;
const END_TOLERANCE_PART = 0.02;

/** Packets that may be missing: what an edit list cuts off is counted by the container and not read. */
const FRAME_TOLERANCE_PART = 0.01;

/** Codec tags of films that were bought or recorded encrypted. */
const ENCRYPTED: readonly string[] = ['drmi', 'drms', 'encv', 'enca'];

/**
 * Judges a run that has ended.
 * @param unchecked codecs for which there is no decoder
 */
export function verdictOf(
  log: DecodeLog,
  end: RunEnd,
  { frameCount, unchecked }: { frameCount: number | null; unchecked: readonly string[] },
): DecodeFindings {
  const { places } = log;
  const accident = accidentOf(end);
  const obstacle = accident ? null : obstacleOf(log, unchecked);
  if (obstacle) return unreadable([{ atSeconds: null, message: obstacle }], 1);
  const ending = accident ?? endingOf(log, end, frameCount);
  if (ending) places.addEnd(log.at, ending);
  const { damage, count } = places;
  if (accident || !hasContent(log)) return unreadable(damage, count);
  return { outcome: count > 0 ? 'damaged' : 'intact', damage, damageCount: count };
}

function unreadable(damage: Damage[], damageCount: number): DecodeFindings {
  return { outcome: 'unreadable', damage, damageCount };
}

/** Why there was nothing to decode, whatever decoders say of it. */
export function obstacleOf(log: DecodeLog, unchecked: readonly string[]): string | null {
  if (log.format === null && log.openingWords !== '') {
    return explainErrorOutput(log.openingWords).message;
  }
  if (log.streams.some(({ tag }) => tag !== null && ENCRYPTED.includes(tag))) {
    return 'The content is encrypted.';
  }
  if (unchecked.length === 0 || hasContent(log)) return null;
  return `There is no decoder for ${unchecked.join(', ')}.`;
}

/** Whether something was decoded; a video without a picture is none. */
function hasContent({ streams, pictureCount, packetCount }: DecodeLog): boolean {
  return streams.some(isVideo) ? pictureCount > 0 : packetCount > 0;
}

function isVideo({ type, isPicture }: StreamFacts): boolean {
  return type === 'video' && !isPicture;
}

/** What ended the decoding before its time; null when it ended by itself. */
export function accidentOf(end: RunEnd): string | null {
  switch (end.kind) {
    case 'exited':
      return null;
    case 'signalled':
      return `ffmpeg crashed on this file (${end.signal}).`;
    case 'timed-out':
      return `ffmpeg was stopped because it got no further for ${end.seconds} seconds.`;
    case 'too-much-memory':
      return 'ffmpeg was stopped because the file made it use an unreasonable amount of memory.';
    case 'too-much-output':
      return 'ffmpeg was stopped because it had unreasonably much to say about the file.';
  }
}

/** What is wrong with an end that came by itself; null when nothing is, or when what was said before explains it. */
function endingOf(log: DecodeLog, end: RunEnd, frameCount: number | null): string | null {
  if (isCutShort(log, frameCount)) return shortnessOf(log);
  if (log.places.count > 0) return null;
  if (!hasContent(log)) return 'Nothing in it can be decoded.';
  return end.kind === 'exited' && end.code !== 0
    ? `ffmpeg gave up here (exit code ${end.code}).`
    : null;
}

/**
 * Whether the file ends long before it should. Where pictures are counted, those have to be missing too: a recording of
 * a screen may rightly end with a picture that stays for minutes. Elsewhere sound must be there, which has no such gaps,
 * and nothing that is not decoded and may go on for longer.
 */
function isCutShort(log: DecodeLog, frameCount: number | null): boolean {
  const { durationSeconds, seconds, streams, packets } = log;
  if (durationSeconds === null || !knowsDuration(log)) return false;
  const tolerance = Math.max(END_TOLERANCE_SECONDS, durationSeconds * END_TOLERANCE_PART);
  if (durationSeconds - seconds <= tolerance) return false;
  const video = streams.find(isVideo);
  if (video && frameCount !== null) {
    return (packets.get(video.index) ?? 0) < frameCount * (1 - FRAME_TOLERANCE_PART);
  }
  const types = streams.map(({ type }) => type);
  return types.includes('audio') && !types.includes('subtitle') && !types.includes('data');
}

function knowsDuration({ format, endedSloppily }: DecodeLog): boolean {
  return endedSloppily || (format !== null && DURATION_IN_HEADER.has(format));
}

function shortnessOf({ seconds, durationSeconds }: DecodeLog): string {
  return `Only the first ${seconds.toFixed(1)} of ${durationSeconds?.toFixed(1)} seconds can be read.`;
}
