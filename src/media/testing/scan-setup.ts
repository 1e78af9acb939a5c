import { onTestFinished } from 'vitest';
import type { JobProgress } from '../../shared/job';
import { createProber, type Prober, type ProberOptions } from '../probe/prober';
import { readHeaders } from '../scan/header-facts';
import { ProbeGate } from '../scan/probe-gate';
import { ReadingScans } from '../scan/reading-scans';
import { runScan } from '../scan/run-scan';
import type { SettlingTimes } from '../scan/settling-times';
import { walk } from '../scan/walk';
import { ffprobePath } from '../tools';
import { systemVolumes, type VolumeSystem } from '../volume/volume-system';
import { MemorySink } from './memory-sink';

/** A prober with the bundled ffprobe, or another, that is disposed when the test ends. */
export function testProber(options: Partial<ProberOptions> = {}): Prober {
  const prober = createProber({ ffprobePath, concurrency: 2, ...options });
  onTestFinished(() => prober.dispose());
  return prober;
}

/** The files of a test are whole when they are written a moment before the scan. */
const AT_ONCE: SettlingTimes = { readableMs: 0, unreadableMs: 0, patienceMs: 60_000 };

interface TestScan {
  memory: MemorySink;
  progress: JobProgress[];
}

/** Scans a folder into a sink that is kept in memory. */
export async function scanFolder(
  rootPath: string,
  options: {
    memory?: MemorySink;
    prober?: Prober;
    signal?: AbortSignal;
    probes?: number;
    volumes?: VolumeSystem;
    scans?: ReadingScans;
    settling?: SettlingTimes;
  } = {},
): Promise<TestScan> {
  const memory = options.memory ?? new MemorySink();
  if (memory.rootPath === '') memory.rootPath = rootPath;
  const progress: JobProgress[] = [];
  const prober = options.prober ?? testProber();
  const request = {
    ...{ jobId: 'job', runToken: 'run', rootId: 1, rootPath, extraExtensions: [] },
    probes: options.probes ?? null,
  };
  const environment = {
    sink: memory.sink,
    prober,
    volumes: options.volumes ?? systemVolumes(),
    walk,
    readHeaders,
    gate: new ProbeGate(),
    scans: options.scans ?? new ReadingScans(Date.now),
    onProgress: (status: JobProgress) => void progress.push(status),
    now: Date.now,
    settling: options.settling ?? AT_ONCE,
  };
  await runScan(request, environment, options.signal ?? new AbortController().signal);
  return { memory, progress };
}
