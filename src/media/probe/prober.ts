import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { ProbedMedia } from '../../shared/media';
import { ChildGuard } from './child-guard';
import { excerptOf, explainErrorOutput, explainRun } from './explain-failure';
import type { ProbeFailure } from './failure';
import { parseFfprobe } from './parse-ffprobe';
import { type FfprobeRun, type RunLimits, runFfprobe } from './run-ffprobe';
import { Slots } from './slots';

export interface ProberOptions {
  /** Absolute path of the ffprobe executable. */
  ffprobePath: string;
  /** Children at a time, however many runs share the prober. */
  concurrency: number;
  /** Caps of one child; those left out keep their defaults. */
  limits?: Partial<RunLimits>;
}

/** The file to read. */
export interface ProbeSource {
  /** Absolute. */
  path: string;
  /** The path's raw bytes where it is not valid UTF-8 and `path` therefore opens nothing. */
  pathBytes: Uint8Array | null;
  name: string;
}

/** `interrupted`: somebody else ended ffprobe, so that the failure says nothing about the file. */
export type ProbeAnswer =
  | { kind: 'probed'; media: ProbedMedia; deflatedJson: Uint8Array }
  | { kind: 'failed'; failure: ProbeFailure; interrupted: boolean };

export interface Prober {
  readonly concurrency: number;
  /** @throws VitrineError PROBE_TOOL_MISSING, CANCELLED */
  probe(source: ProbeSource, signal: AbortSignal): Promise<ProbeAnswer>;
  /** Kills every child. */
  dispose(): void;
}

const DEFAULT_LIMITS: RunLimits = {
  seconds: 30,
  outputBytes: 16 * 1024 * 1024,
  memoryBytes: 1024 * 1024 * 1024,
};

/**
 * Signals that come from outside: Ctrl-C in the terminal that the app was started from, the end of the session, the
 * system when memory is short. A crash has others.
 */
const INTERRUPTIONS: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'];

const deflateAsync = promisify(deflate);

/** Reads files with ffprobe. Failures of a file are answers; only a missing tool and cancellation are thrown. */
export function createProber({ ffprobePath, concurrency, limits }: ProberOptions): Prober {
  const guard = new ChildGuard();
  const slots = new Slots(concurrency);
  const allLimits: RunLimits = { ...DEFAULT_LIMITS, ...limits };

  const run = async (
    source: string,
    descriptor: number | null,
    name: string,
    signal: AbortSignal,
  ) =>
    answerOf(
      await runFfprobe({ ffprobePath, source, descriptor }, allLimits, guard, signal),
      source,
      name,
    );

  return {
    concurrency,
    probe: ({ path, pathBytes, name }, signal) =>
      slots.use(signal, async () => {
        if (!pathBytes) return run(path, null, name, signal);
        // A command line is text: a name that is no text is opened here and handed over as a descriptor.
        let handle: FileHandle;
        try {
          handle = await open(Buffer.from(pathBytes), 'r');
        } catch (thrown) {
          return openFailure(thrown);
        }
        try {
          return await run('/dev/fd/3', handle.fd, name, signal);
        } finally {
          await handle.close();
        }
      }),
    dispose: () => guard.dispose(),
  };
}

async function answerOf(run: FfprobeRun, source: string, name: string): Promise<ProbeAnswer> {
  const toolOutput = excerptOf(run.errorOutput, source, name);
  const failure = explainRun(run);
  if (failure) {
    return {
      kind: 'failed',
      failure: { ...failure, toolOutput },
      interrupted: wasInterrupted(run),
    };
  }
  const parsed = parseFfprobe(run.output.toString('utf8'), name);
  if (!parsed.ok) {
    return { kind: 'failed', failure: { ...parsed.failure, toolOutput }, interrupted: false };
  }
  return { kind: 'probed', media: parsed.media, deflatedJson: await deflateAsync(run.output) };
}

function wasInterrupted({ end }: FfprobeRun): boolean {
  return end.kind === 'signalled' && INTERRUPTIONS.includes(end.signal);
}

function openFailure(thrown: unknown): ProbeAnswer {
  const toolOutput = thrown instanceof Error ? thrown.message : String(thrown);
  const code = (thrown as NodeJS.ErrnoException).code;
  const words = code === 'EACCES' || code === 'EPERM' ? 'Permission denied' : 'Input/output error';
  const failure = { ...explainErrorOutput(words), toolOutput };
  return { kind: 'failed', failure, interrupted: false };
}
