import { app, clipboard } from 'electron';
import type { ProblemSelection } from '../../shared/library-protocol';
import type { Engine } from '../engine';
import { MAX_REPORTED, problemReport } from './problem-report';

/** Puts a report on the selected problems on the clipboard. */
export async function copyProblemReport(
  engine: Engine,
  selection: ProblemSelection,
): Promise<void> {
  const { problems, total } = await engine.ask('reportProblems', {
    selection,
    limit: MAX_REPORTED,
  });
  const head = {
    vitrine: app.getVersion(),
    platform: `${process.platform} ${process.arch}`,
    electron: process.versions.electron,
    ffprobe: await ffprobeVersion(),
    madeAtMs: Date.now(),
  };
  clipboard.writeText(problemReport(head, problems, total));
}

async function ffprobeVersion(): Promise<string | null> {
  try {
    return (await import('@ffprobe-installer/ffprobe')).default.version;
  } catch {
    // The package throws where its executable is missing, which the report must be able to tell of.
    return null;
  }
}
