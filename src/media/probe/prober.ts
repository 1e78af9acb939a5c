import { promisify } from 'node:util';
import { deflate, deflateSync } from 'node:zlib';
import type { ProbedMedia } from '../../shared/media';
import { ChildGuard } from '../children/child-guard';
import { wasInterrupted } from '../children/supervise';
import { openInput, type ToolSource } from '../children/tool-input';
import { excerptOf, explainErrorOutput, explainRun } from './explain-failure';
import type { ProbeFailure } from './failure';
import { parseFfprobe } from './parse-ffprobe';
import { type FfprobeRun, FfprobeRunner, type RunLimits } from './run-ffprobe';
import { Slots } from './slots';

export interface ProberOptions {
  /** Absolute path of the ffprobe executable. */
  ffprobePath: string;
  /** Children at a time, however many runs share the prober. */
  concurrency: number;
  /** Caps of one child; those left out keep their defaults. */
  limits?: Partial<RunLimits>;
}

/** `interrupted`: somebody else ended ffprobe, so that the failure says nothing about the file. */
export type ProbeAnswer =
  | { kind: 'probed'; media: ProbedMedia; deflatedJson: Uint8Array }
  | { kind: 'failed'; failure: ProbeFailure; interrupted: boolean };

export interface Prober {
  readonly concurrency: number;
  /** @throws VitrineError PROBE_TOOL_MISSING, SYSTEM_BUSY, CANCELLED */
  probe(source: ToolSource, signal: AbortSignal): Promise<ProbeAnswer>;
  /** Kills every child. */
  dispose(): void;
}

const DEFAULT_LIMITS: RunLimits = {
  seconds: 30,
  outputBytes: 16 * 1024 * 1024,
  memoryBytes: 1024 * 1024 * 1024,
};

/** What nearly every answer stays below, in bytes: a thread's help would cost more than the work. */
const SMALL_BYTES = 64 * 1024;

const deflateOnThread = promisify(deflate);

function deflated(json: Buffer): Uint8Array | Promise<Uint8Array> {
  // A window of 8 KiB suffices for a few streams, and is much less memory to fetch and clear than the usual one.
  return json.length > SMALL_BYTES
    ? deflateOnThread(json)
    : deflateSync(json, { windowBits: 13, memLevel: 6 });
}

/** Reads files with ffprobe. Failures of a file are answers; only a missing tool and cancellation are thrown. */
export function createProber({ ffprobePath, concurrency, limits }: ProberOptions): Prober {
  const guard = new ChildGuard();
  const slots = new Slots(concurrency);
  const ffprobe = new FfprobeRunner(ffprobePath, { ...DEFAULT_LIMITS, ...limits }, guard);

  const read = async (source: ToolSource, signal: AbortSignal): Promise<ProbeAnswer> => {
    let input: Awaited<ReturnType<typeof openInput>>;
    try {
      input = await openInput(source);
    } catch (thrown) {
      return openFailure(thrown);
    }
    try {
      const run = await ffprobe.run(input, signal);
      return await answerOf(run, input.source, source.name);
    } finally {
      await input.close();
    }
  };

  return {
    concurrency,
    probe: (source, signal) => slots.use(signal, () => read(source, signal)),
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
      interrupted: wasInterrupted(run.end),
    };
  }
  const parsed = parseFfprobe(run.output.toString('utf8'), name);
  if (!parsed.ok) {
    return { kind: 'failed', failure: { ...parsed.failure, toolOutput }, interrupted: false };
  }
  return { kind: 'probed', media: parsed.media, deflatedJson: await deflated(run.output) };
}

function openFailure(thrown: unknown): ProbeAnswer {
  const toolOutput = thrown instanceof Error ? thrown.message : String(thrown);
  const code = (thrown as NodeJS.ErrnoException).code;
  const words = code === 'EACCES' || code === 'EPERM' ? 'Permission denied' : 'Input/output error';
  const failure = { ...explainErrorOutput(words), toolOutput };
  return { kind: 'failed', failure, interrupted: false };
}
