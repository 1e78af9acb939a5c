import type { Verification } from '../../shared/media';
import { ChildGuard } from '../children/child-guard';
import { runTool } from '../children/run-tool';
import { type RunEnd, type ToolLimits, wasInterrupted } from '../children/supervise';
import { type GivenInput, openInput, type ToolSource } from '../children/tool-input';
import { DecodeLog } from './decode-log';
import { decodeArguments } from './ffmpeg-arguments';
import { LineSplitter } from './line-splitter';
import { verdictOf } from './verdict';

export interface DecoderOptions {
  /** Absolute path of the ffmpeg executable. */
  ffmpegPath: string;
  /** Threads of one decoder. */
  threads: number;
  /** Caps of one child; those left out keep their defaults. `seconds`: without getting ahead. */
  limits?: Partial<ToolLimits>;
}

/** A file to decode, and what is known of it. */
interface DecodeRequest {
  source: ToolSource;
  /** Pictures of its first video stream, where its container counts them. */
  frameCount: number | null;
  /** Called with the seconds of the file that are decoded, more often than anybody wants to know. */
  onProgress(seconds: number): void;
}

export interface DecodeAnswer {
  findings: Pick<Verification, 'outcome' | 'damage' | 'damageCount' | 'unchecked'>;
  /** Somebody else ended ffmpeg, so that the findings say nothing about the file. */
  interrupted: boolean;
  /** The drive complained, which it also does when it is gone. */
  driveFailed: boolean;
}

export interface Decoder {
  /** @throws VitrineError PROBE_TOOL_MISSING, SYSTEM_BUSY, CANCELLED; NodeJS.ErrnoException when the file cannot be opened */
  decode(request: DecodeRequest, signal: AbortSignal): Promise<DecodeAnswer>;
  /** Kills every child. */
  dispose(): void;
}

const DEFAULT_LIMITS: ToolLimits = {
  // Hours of decoding are legitimate, two minutes over one packet are not.
  seconds: 120,
  memoryBytes: 3 * 1024 * 1024 * 1024,
};

/** Streams without a decoder that are left out one after the other. */
const MOST_LEFT_OUT = 32;

/** Decodes files with ffmpeg. What is wrong with a file is an answer; only a missing tool and cancellation are thrown. */
export function createDecoder({ ffmpegPath, threads, limits }: DecoderOptions): Decoder {
  const guard = new ChildGuard();
  const allLimits = { ...DEFAULT_LIMITS, ...limits };

  const run = async (
    { source, descriptor }: GivenInput,
    without: readonly number[],
    onProgress: DecodeRequest['onProgress'],
    signal: AbortSignal,
  ): Promise<{ log: DecodeLog; end: RunEnd }> => {
    const log = new DecodeLog(source);
    const lines = new LineSplitter((line) => log.read(line));
    const end = await runTool(
      {
        toolPath: ffmpegPath,
        arguments: decodeArguments(source, { threads, without }),
        descriptor,
        onOutput: () => undefined,
        onErrorOutput: (chunk, { restartClock }) => {
          const before = log.packetCount;
          lines.add(chunk);
          if (log.packetCount === before) return;
          restartClock();
          onProgress(log.seconds);
        },
      },
      allLimits,
      guard,
      signal,
    );
    lines.end();
    return { log, end };
  };

  return {
    async decode({ source, frameCount, onProgress }, signal) {
      const input = await openInput(source);
      try {
        const without: number[] = [];
        const unchecked: string[] = [];
        for (;;) {
          const { log, end } = await run(input, without, onProgress, signal);
          const { withoutDecoder, driveFailed } = log;
          if (withoutDecoder !== null && without.length < MOST_LEFT_OUT) {
            without.push(withoutDecoder);
            unchecked.push(log.codecOf(withoutDecoder));
            continue;
          }
          const findings = {
            ...verdictOf(log, end, { frameCount, unchecked }),
            ...(unchecked.length > 0 && { unchecked }),
          };
          return { findings, interrupted: wasInterrupted(end), driveFailed };
        }
      } finally {
        await input.close();
      }
    },
    dispose: () => guard.dispose(),
  };
}
