import { inputAddress } from '../children/tool-input';
import { DamagePlaces } from './damage-places';
import { type LogLine, LogLines } from './log-line';
import { isDamage, isDriveError, isOfLateStart } from './message-meaning';

type Message = Extract<LogLine, { kind: 'message' }>;
export type StreamFacts = Extract<LogLine, { kind: 'stream' }>;

/** Messages from before the input is known that are kept, the last ones. */
const MAX_EARLY_MESSAGES = 100;

/** Two pictures that need no others: by then a recording that began in the middle has everything that it refers to. */
const KEYFRAMES_OF_START = 2;
/** Or so many seconds, where keyframes are rare. */
const SECONDS_OF_START = 5;

const NO_DECODER = /^Decoder \(codec \S+\) not found for input stream #0:(\d+)/;

/** Some demuxers answer with this error when there is nothing more to read. */
const SLOPPY_END = 'Operation not permitted';

/** What is known of a file from reading what ffmpeg says while it decodes it. Fed line by line, it never grows. */
export class DecodeLog {
  readonly places = new DamagePlaces();
  /** Streams of the file, in order. */
  readonly streams: StreamFacts[] = [];
  /** Packets of each stream, by its index. */
  readonly packets = new Map<number, number>();
  /** Packets of all streams: more of them is progress. */
  packetCount = 0;
  /** Pictures that came out of decoders. */
  pictureCount = 0;
  /** The furthest that was decoded, in seconds. */
  seconds = 0;
  /** Time of the packet that is being decoded; null before the first that has one. */
  at: number | null = null;
  /** ffmpeg's first name of the container; null while it could not be opened. */
  format: string | null = null;
  /** As the container declares it, or as ffmpeg guesses it. */
  durationSeconds: number | null = null;
  /** Index of a stream for which there is no decoder: nothing was decoded. */
  withoutDecoder: number | null = null;
  /** The reading ended with an error that may mean no more than the end. */
  endedSloppily = false;
  /** The drive complained. */
  driveFailed = false;
  readonly #lines = new LogLines();
  readonly #address: string;
  readonly #early: Message[] = [];
  #streamsListed = false;
  #firstAt: number | null = null;
  #keyframes = 0;

  /** @param source what stood behind `file:` */
  constructor(source: string) {
    this.#address = `${inputAddress(source)}: `;
  }

  /** A stream's codec, or what the container calls it where ffmpeg does not know it. */
  codecOf(index: number): string {
    const stream = this.streams.find((one) => one.index === index);
    const known = stream?.codec === 'none' ? stream.tag : stream?.codec;
    return known ?? 'an unknown codec';
  }

  read(line: string): void {
    const parsed = this.#lines.parse(line);
    switch (parsed?.kind) {
      case 'packet':
        this.#readPacket(parsed.stream, parsed.seconds);
        break;
      case 'picture':
        this.pictureCount++;
        if (parsed.keyframe) this.#keyframes++;
        break;
      case 'input':
        this.#open(parsed.formats);
        break;
      case 'duration':
        if (!this.#streamsListed) this.durationSeconds = parsed.seconds;
        break;
      case 'stream':
        if (!this.#streamsListed) this.streams.push(parsed);
        break;
      case 'mapping':
        this.#streamsListed = true;
        break;
      case 'message':
        this.#readMessage(parsed);
        break;
    }
  }

  /** What was said while the file was being opened. */
  get openingWords(): string {
    return this.#early.map(({ text }) => text).join('\n');
  }

  /**
   * Decoders have tried the first packets by now, and will complain again when their time has come; demuxers will not.
   */
  #open(formats: string): void {
    if (this.format !== null) return;
    this.format = formats.split(',')[0] ?? formats;
    for (const message of this.#early) {
      if (message.context === formats) this.#judge(message);
    }
  }

  #readPacket(stream: number, seconds: number | null): void {
    this.packetCount++;
    this.packets.set(stream, (this.packets.get(stream) ?? 0) + 1);
    if (seconds === null) return;
    this.at = seconds;
    this.#firstAt ??= seconds;
    this.seconds = Math.max(this.seconds, seconds);
  }

  #readMessage(message: Message): void {
    const missing = NO_DECODER.exec(message.text);
    if (missing) this.withoutDecoder = Number(missing[1]);
    else if (this.format !== null) this.#judge(message);
    else {
      this.#early.push(message);
      if (this.#early.length > MAX_EARLY_MESSAGES) this.#early.shift();
    }
  }

  #judge(message: Message): void {
    const { context } = message;
    if (!isDamage(message)) return;
    if (this.#isAtStart() && isOfLateStart(message.text, this.format ?? '')) return;
    const text = message.text.replace(this.#address, '');
    if (context === null && text === SLOPPY_END) {
      this.endedSloppily = true;
      return;
    }
    if (isDriveError(text)) this.driveFailed = true;
    this.places.add(
      this.at === null ? null : Math.max(0, this.at),
      context === null ? text : `${context}: ${text}`,
    );
  }

  #isAtStart(): boolean {
    const read = (this.at ?? 0) - (this.#firstAt ?? 0);
    return this.#keyframes < KEYFRAMES_OF_START && read < SECONDS_OF_START;
  }
}
