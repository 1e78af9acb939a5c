import type { FileAnswer, FileCheck } from '../../shared/file-check';
import type { ScanCounts } from '../../shared/library-protocol';
import { abortable } from './abortable';
import type { FileChecker } from './file-checks';
import type { ScanSink } from './scan-sink';

export interface SettleOptions {
  run: { jobId: string; runToken: string };
  sink: ScanSink;
  checker: FileChecker;
  /** Files that are looked at side by side. */
  workers: number;
  signal: AbortSignal;
  /** A file is about to be looked at. */
  onLook(path: string): void;
}

/**
 * After a complete walk: looks at whatever the library has to know of the disk to tell moved files from missing ones,
 * then lets it decide.
 */
export async function settleListing(
  unreadableFolders: string[],
  options: SettleOptions,
): Promise<ScanCounts> {
  const { run, sink, signal } = options;
  let checks = await sink.compareListing({ ...run, unreadableFolders });
  while (checks.length > 0) {
    const open = checks;
    const answers = await abortable(signal, () => answerAll(open, options));
    checks = await sink.answerChecks({ ...run, answers });
  }
  return sink.finishListing(run);
}

async function answerAll(
  checks: readonly FileCheck[],
  { checker, workers, signal, onLook }: SettleOptions,
): Promise<FileAnswer[]> {
  const open = [...checks];
  const answers: FileAnswer[] = [];
  const worker = async () => {
    for (let check = open.pop(); check && !signal.aborted; check = open.pop()) {
      onLook(check.path);
      answers.push(await checker.answer(check));
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return answers;
}
