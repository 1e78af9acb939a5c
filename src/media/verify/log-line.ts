/** What one line of ffmpeg's log says; see `decodeArguments` for the options that it was written under. */
export type LogLine =
  /** A packet is about to be decoded. `seconds` since the start of the file; null where its stream has no times. */
  | { kind: 'packet'; stream: number; seconds: number | null }
  /** A picture came out of a decoder. */
  | { kind: 'picture'; keyframe: boolean }
  /** `formats`: ffmpeg's names of the container, `mov,mp4,m4a,3gp,3g2,mj2`. */
  | { kind: 'input'; formats: string }
  | { kind: 'duration'; seconds: number | null }
  | {
      kind: 'stream';
      index: number;
      type: string;
      /** `none` where ffmpeg does not know it. */
      codec: string;
      /** The container's name of the codec, where it has four characters. */
      tag: string | null;
      /** Cover art. */
      isPicture: boolean;
    }
  /** The list of the input's streams is complete. */
  | { kind: 'mapping' }
  /** `context`: the demuxer or decoder that speaks; null for ffmpeg itself. */
  | { kind: 'message'; level: LogLevel; context: string | null; text: string };

export type LogLevel = 'panic' | 'fatal' | 'error' | 'warning' | 'info';

/** Contexts, the innermost last, then the level: `[h264 @ 0x348333c0] [error] error while decoding MB 1 0`. */
const MESSAGE =
  /^(?:\[([^\]]*) @ (?:0x)?[0-9a-f]+\] )*\[(panic|fatal|error|warning|info)\] ?(.*)$/i;

/** Times of a packet, shifted so that the file starts at 0. */
const PACKET =
  /^demuxer\+ffmpeg -> ist_index:(?:\d+:)?(\d+) .*pkt_pts_time:(\S+) .*pkt_dts_time:(\S+)/;

/** What comes next in a stream, for packets that have no time of their own. */
const EXPECTED = /^demuxer -> ist_index:(?:\d+:)?(\d+) .*next_dts_time:(\S+)/;
const PICTURE = /^decoder -> .*type:video .*keyframe:(\d)/;
const INPUT = /^Input #0, (.+?), from /;
const DURATION = /^ {2}Duration: (?:(\d+):(\d\d):(\d\d(?:\.\d+)?)|N\/A)/;
const STREAM = /^ +Stream #0:(\d+)(?:\[[^\]]*\])?(?:\([^)]*\))?: (\w+): (\S+?)(?:,| |$)(.*)/;

/** Four characters by which containers name a codec: `(avc1 / 0x31637661)`. */
const CODEC_TAG = /\((\S{4}) \/ 0x[0-9a-f]{8}\)/i;

/** Reads lines in order; it remembers the time at which each stream goes on. */
export class LogLines {
  readonly #expected = new Map<number, number | null>();

  /** Null for a line that says nothing of interest. */
  parse(line: string): LogLine | null {
    const message = MESSAGE.exec(line);
    if (!message) return null;
    const [, context = null, level = '', text = ''] = message;
    const info = level === 'info' && context === null ? this.#parseInfo(text) : undefined;
    if (info !== undefined) return info;
    return { kind: 'message', level: level.toLowerCase() as LogLevel, context, text };
  }

  /** Undefined for a line that is no report of ffmpeg's own. */
  #parseInfo(text: string): LogLine | null | undefined {
    const expected = EXPECTED.exec(text);
    if (expected) {
      this.#expected.set(Number(expected[1]), secondsOf(expected[2]));
      return null;
    }
    const packet = PACKET.exec(text);
    if (packet) {
      const stream = Number(packet[1]);
      const seconds =
        secondsOf(packet[2]) ?? secondsOf(packet[3]) ?? this.#expected.get(stream) ?? null;
      return { kind: 'packet', stream, seconds };
    }
    const picture = PICTURE.exec(text);
    if (picture) return { kind: 'picture', keyframe: picture[1] === '1' };
    return parseHeader(text);
  }
}

function parseHeader(text: string): LogLine | undefined {
  const input = INPUT.exec(text);
  if (input) return { kind: 'input', formats: input[1] ?? '' };
  const duration = DURATION.exec(text);
  if (duration) {
    const [, hours, minutes, seconds] = duration;
    const known = hours !== undefined;
    return {
      kind: 'duration',
      seconds: known ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : null,
    };
  }
  const stream = STREAM.exec(text);
  if (stream) {
    const [, index, type = '', codec = '', rest = ''] = stream;
    return {
      kind: 'stream',
      index: Number(index),
      type: type.toLowerCase(),
      codec,
      tag: CODEC_TAG.exec(rest)?.[1] ?? null,
      isPicture: rest.includes('(attached pic)'),
    };
  }
  return text.startsWith('Stream mapping:') ? { kind: 'mapping' } : undefined;
}

/** Null for ffmpeg's `NOPTS`, and for what is no time at all. */
function secondsOf(text: string | undefined): number | null {
  const seconds = Number(text);
  return text && Number.isFinite(seconds) ? seconds : null;
}
