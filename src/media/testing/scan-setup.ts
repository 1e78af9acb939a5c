import { onTestFinished } from 'vitest';
import type { JobProgress } from '../../shared/job';
import { createProber, type Prober, type ProberOptions } from '../probe/prober';
import { runScan } from '../scan/run-scan';
import { ffprobePath } from '../tools';
import { MemorySink } from './memory-sink';

/** A prober with the bundled ffprobe, or another, that is disposed when the test ends. */
export function testProber(options: Partial<ProberOptions> = {}): Prober {
  const prober = createProber({ ffprobePath, concurrency: 2, ...options });
  onTestFinished(() => prober.dispose());
  return prober;
}

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
  } = {},
): Promise<TestScan> {
  const memory = options.memory ?? new MemorySink();
  const progress: JobProgress[] = [];
  const prober = options.prober ?? testProber();
  const request = {
    ...{ jobId: 'job', runToken: 'run', rootId: 1, rootPath, extraExtensions: [] },
    probes: options.probes ?? null,
  };
  const environment = {
    sink: memory.sink,
    prober,
    onProgress: (status: JobProgress) => void progress.push(status),
    now: Date.now,
  };
  await runScan(request, environment, options.signal ?? new AbortController().signal);
  return { memory, progress };
}
