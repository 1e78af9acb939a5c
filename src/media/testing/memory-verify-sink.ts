import { VitrineError } from '../../shared/errors';
import type { AwaitedRoot } from '../../shared/library-protocol';
import type { VerifyReport, VerifyTask } from '../../shared/verify-protocol';
import type { VerifySink } from '../verify/run-verify';

/** Where the files of a verification lie, as the library would know it. */
interface KnownFile {
  rootId: number;
  path: string;
  pathBytes?: Uint8Array;
  durationSeconds?: number;
}

/** The library's side of a verification, kept in memory: reports survive from run to run. */
export class MemoryVerifySink {
  readonly reports: VerifyReport[] = [];
  readonly roots: AwaitedRoot[];
  finished = 0;
  /** Runs before every call is answered; what it throws, the call rejects with. */
  onCall: (name: keyof VerifySink) => void | Promise<void> = () => undefined;
  readonly #tasks: VerifyTask[];
  #handedOut = 0;

  constructor(roots: Record<number, string>, files: readonly KnownFile[]) {
    this.roots = Object.entries(roots).map(([id, rootPath]) => ({
      rootId: Number(id),
      place: { rootPath, device: null, volumeIdentity: null, pathOnVolume: null },
      ...{ samples: [], acceptMissing: false },
      knownVideos: files.filter(({ rootId }) => rootId === Number(id)).length,
    }));
    this.#tasks = files.map(({ durationSeconds = 1, pathBytes = null, ...file }, index) => ({
      ...file,
      ...{ videoId: index + 1, pathBytes, durationSeconds, frameCount: null },
      ...{ sizeBytes: 0, mtimeMs: 0 },
    }));
  }

  get sink(): VerifySink {
    return {
      beginVerify: this.#answer('beginVerify', () => {
        this.#handedOut = this.reports.length;
        const totalSeconds = this.#secondsOf(this.#tasks.length);
        return { ...this.#counts(), totalSeconds, roots: this.roots };
      }),
      takeVerifyTasks: this.#answer('takeVerifyTasks', ({ limit }) => {
        const tasks = this.#tasks.slice(this.#handedOut, this.#handedOut + limit);
        this.#handedOut += tasks.length;
        return tasks;
      }),
      writeVerification: this.#answer('writeVerification', ({ report }) => {
        this.reports.push(report);
        return this.#counts();
      }),
      finishVerify: this.#answer('finishVerify', () => {
        this.finished++;
        return { verified: 0, damaged: 0, unreadable: 0, skipped: 0, elapsedMs: 0 };
      }),
    };
  }

  /** What came of each file, by its path. */
  get outcomes(): Record<string, string> {
    return Object.fromEntries(
      this.reports.map(({ videoId, outcome }) => [
        this.#tasks[videoId - 1]?.path,
        outcome.kind === 'decoded' ? outcome.findings.outcome : outcome.kind,
      ]),
    );
  }

  #answer<Request extends { runToken: string }, Response>(
    name: keyof VerifySink,
    answer: (request: Request) => Response,
  ): (request: Request) => Promise<Response> {
    return async (request) => {
      await this.onCall(name);
      if (request.runToken !== 'run') throw new VitrineError('STALE_RUN', 'The run is over.');
      return structuredClone(answer(structuredClone(request)));
    };
  }

  #counts() {
    const problems = Object.values(this.outcomes).filter(
      (outcome) => outcome === 'damaged' || outcome === 'unreadable',
    ).length;
    return { doneSeconds: this.#secondsOf(this.reports.length), problems };
  }

  #secondsOf(count: number): number {
    return this.#tasks
      .slice(0, count)
      .reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0);
  }
}
