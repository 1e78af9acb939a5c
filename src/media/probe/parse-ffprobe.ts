import type { AudioStream, Chapter, ProbedMedia, Stream, VideoStream } from '../../shared/media';
import { MAX_STREAMS } from '../children/tool-input';
import { containerName, isIsoFamily } from './container-name';
import type { ProbeFailure } from './failure';
import { formatFraction, parseFraction } from './fraction';
import { shownFrameRate } from './frame-rate';
import { parseStreams } from './parse-streams';
import {
  asNumber,
  asObject,
  asObjects,
  asPositiveInteger,
  asText,
  type RawObject,
} from './raw-object';
import { readRecording } from './recording';
import { Tags } from './tags';

export type ParsedProbe = { ok: true; media: ProbedMedia } | { ok: false; failure: ProbeFailure };

/** Chapters beyond this are dropped: no disc has more than 99 a title, hostile files have millions. */
const MAX_CHAPTERS = 2000;

/**
 * Turns ffprobe's JSON (`-show_format -show_streams -show_chapters`) into what Vitrine keeps.
 * @param json ffprobe's whole standard output
 * @param fileName the file's name: it tells WebM from Matroska
 */
export function parseFfprobe(json: string, fileName: string): ParsedProbe {
  const root = parseJson(json);
  const format = asObject(root?.['format']);
  const formatName = asText(format?.['format_name']);
  if (!root || !format || !formatName) {
    return failure('parse', 'BAD_OUTPUT', 'ffprobe answered with something that is not its JSON.');
  }
  const rawStreams = asObjects(root['streams']).slice(0, MAX_STREAMS);
  if (rawStreams.length === 0) {
    return failure('probe', 'DAMAGED', 'The file has a header but no streams.');
  }
  const streams = parseStreams(rawStreams, { exactTimestamps: isIsoFamily(formatName) });
  const video = mainStream(streams, isVideo);
  if (!video) {
    return failure('probe', 'NO_VIDEO_STREAM', 'The file has sound or data but no video stream.');
  }
  if (video.width === null) {
    return failure('probe', 'DAMAGED', 'The video stream holds no picture that can be decoded.');
  }
  return {
    ok: true,
    media: describeMedia({ root, format, formatName, rawStreams, streams, video }, fileName),
  };
}

interface Parts {
  root: RawObject;
  format: RawObject;
  formatName: string;
  rawStreams: RawObject[];
  streams: Stream[];
  video: VideoStream;
}

function describeMedia(parts: Parts, fileName: string): ProbedMedia {
  const { root, format, formatName, rawStreams, streams, video } = parts;
  const fileTags = new Tags(format);
  const audio = mainStream(streams, isAudio);
  const frameRate = shownFrameRate(
    parseFraction(video.averageFrameRate),
    parseFraction(video.realFrameRate),
  );
  return {
    container: containerName(formatName, fileTags.find('major_brand'), fileName),
    formatName,
    durationUs: readDurationUs(format, streams),
    width: video.width,
    height: video.height,
    rotation: video.rotation,
    frameRate: frameRate && formatFraction(frameRate),
    variableFrameRate: video.variableFrameRate,
    videoCodec: video.codec,
    audioCodec: audio?.codec ?? null,
    audioChannels: audio?.channels ?? null,
    bitRate: asPositiveInteger(format['bit_rate']),
    hdr: video.hdr,
    bitDepth: video.bitDepth,
    streams,
    chapters: readChapters(root),
    ...readRecording([fileTags, ...rawStreams.map((stream) => new Tags(stream))]),
    title: fileTags.find('title'),
  };
}

function parseJson(json: string): RawObject | null {
  try {
    return asObject(JSON.parse(json));
  } catch {
    // Not JSON at all: the caller reports it like JSON of the wrong shape.
    return null;
  }
}

/** The stream that a player would choose: the first marked as default, else the first. */
function mainStream<T extends Stream>(
  streams: readonly Stream[],
  isKind: (stream: Stream) => stream is T,
): T | null {
  const candidates = streams.filter(isKind);
  return candidates.find((one) => one.disposition.includes('default')) ?? candidates[0] ?? null;
}

function isVideo(stream: Stream): stream is VideoStream {
  return stream.type === 'video';
}

function isAudio(stream: Stream): stream is AudioStream {
  return stream.type === 'audio';
}

/** The file's own duration, else that of its longest stream. */
function readDurationUs(format: RawObject, streams: readonly Stream[]): number | null {
  const own = asNumber(format['duration']);
  const longest = Math.max(0, ...streams.map((stream) => stream.durationSeconds ?? 0));
  const microseconds = Math.round((own !== null && own > 0 ? own : longest) * 1_000_000);
  return microseconds > 0 && Number.isSafeInteger(microseconds) ? microseconds : null;
}

function readChapters(root: RawObject): Chapter[] {
  return asObjects(root['chapters'])
    .slice(0, MAX_CHAPTERS)
    .flatMap((chapter) => {
      const startSeconds = asNumber(chapter['start_time']);
      const endSeconds = asNumber(chapter['end_time']);
      if (startSeconds === null || endSeconds === null) return [];
      return [{ startSeconds, endSeconds, title: new Tags(chapter).find('title') }];
    });
}

function failure(
  stage: ProbeFailure['stage'],
  code: ProbeFailure['code'],
  message: string,
): ParsedProbe {
  return { ok: false, failure: { stage, code, message, toolOutput: null } };
}
