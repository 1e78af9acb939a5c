import { VitrineError } from '../../shared/errors';
import type { FileAnswer, FileCheck } from '../../shared/file-check';
import type {
  FileTask,
  HeaderFacts,
  ProbeOutcome,
  ProbeReport,
  ProbeTask,
  ScanCounts,
  WalkedFile,
} from '../../shared/library-protocol';
import type { FolderPlace, KnownRoot } from '../../shared/root-place';
import { unpackFiles } from '../../shared/walked-files';
import type { ScanSink } from '../scan/scan-sink';

/** A row as the library would keep it. */
export interface MemoryRow {
  videoId: number;
  path: string;
  pathBytes: Uint8Array | null;
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  contentHash: Uint8Array | null;
  facts: HeaderFacts | null;
  outcome: ProbeOutcome | null;
  missing: boolean;
}

/** The library's side of the scan protocol, kept in memory: rows survive from scan to scan. */
export class MemorySink {
  readonly rows = new Map<string, MemoryRow>();
  /** Names of the calls, in order. */
  readonly calls: (keyof ScanSink)[] = [];
  /** Runs before every call is answered; what it throws, the call rejects with. */
  onCall: (name: keyof ScanSink) => void | Promise<void> = () => undefined;
  /** Where the root was seen last. */
  place: FolderPlace | null = null;
  rootPath = '';
  acceptMissing = false;
  /** What the library asks of the disk when a listing is complete, and what it was answered. */
  checks: FileCheck[] = [];
  readonly answers: FileAnswer[] = [];
  /** Those that the last listing could not see to the end. */
  unreadableFolders: string[] = [];
  /** Paths of files that are to be read alone. */
  readonly suspects = new Set<string>();
  /** Paths of files that the newest scan left as still being written. */
  unsettled: string[] = [];
  /** Videos that the next scan is to identify, and what came of it. */
  readonly toIdentify: number[] = [];
  readonly identified = new Map<number, Uint8Array | null>();
  #token = '';
  #seen = new Set<string>();
  #waiting: MemoryRow[] = [];
  #unreadHeaders: MemoryRow[] = [];
  #quickDone = 0;
  #added = 0;
  #done = 0;
  #problems = 0;

  get sink(): ScanSink {
    return {
      beginScan: this.#answer('beginScan', ({ runToken }) => {
        this.#token = runToken;
        this.#seen = new Set();
        this.#waiting = [];
        this.#unreadHeaders = [];
        this.unsettled = [];
        this.#added = this.#quickDone = this.#done = this.#problems = 0;
        return this.#known();
      }),
      placeRoot: this.#answer('placeRoot', ({ rootPath, place }) => {
        this.rootPath = rootPath;
        this.place = place;
        return null;
      }),
      reconcile: this.#answer('reconcile', ({ folders }) => {
        for (const folder of folders) {
          for (const file of unpackFiles(folder.files)) this.#meet(folder, file);
        }
        return this.#counts();
      }),
      compareListing: this.#answer('compareListing', ({ unreadableFolders }) => {
        this.unreadableFolders = unreadableFolders;
        return this.checks;
      }),
      answerChecks: this.#answer('answerChecks', ({ answers }) => {
        this.answers.push(...answers);
        return [];
      }),
      finishListing: this.#answer('finishListing', () => {
        const gone = [...this.rows.values()].filter(
          ({ path, missing }) =>
            !missing && !this.#seen.has(path) && !isBelowAny(path, this.unreadableFolders),
        );
        for (const row of gone) row.missing = true;
        return { ...this.#counts(), missing: gone.length };
      }),
      takeHeaderTasks: this.#answer('takeHeaderTasks', ({ limit }) =>
        this.#unreadHeaders.splice(0, limit).map((row) => this.#fileOf(row)),
      ),
      writeHeaders: this.#answer('writeHeaders', ({ reports }) => {
        for (const { videoId, facts } of reports) {
          if (facts) this.#rowOf(videoId).facts = facts;
        }
        this.#quickDone += reports.length;
        return this.#counts();
      }),
      takeProbeTasks: this.#answer('takeProbeTasks', ({ limit }) => [
        ...this.#waiting.splice(0, limit).map((row) => this.#taskOf(row, 'probe')),
        ...this.toIdentify
          .splice(0)
          .map((videoId) => this.#taskOf(this.#rowOf(videoId), 'identify')),
      ]),
      probeAlone: this.#answer('probeAlone', () => null),
      writeProbes: this.#answer('writeProbes', ({ reports }) => {
        for (const report of reports) this.#write(report);
        return this.#counts();
      }),
      finishScan: this.#answer('finishScan', () =>
        this.#waiting.length > 0
          ? null
          : {
              discovered: this.#seen.size,
              added: this.#added,
              changed: 0,
              unchanged: 0,
              moved: 0,
              missing: 0,
              unconfirmedMissing: 0,
              unreadable: this.#problems,
              unsettled: this.unsettled.length,
              elapsedMs: 0,
            },
      ),
    };
  }

  /** The person wants a file to be read again. */
  probeAgain(path: string): void {
    this.#waiting.push(this.row(path));
    this.#done--;
  }

  #known(): KnownRoot {
    const present = [...this.rows.values()].filter(({ missing }) => !missing);
    return {
      place: {
        rootPath: this.rootPath,
        device: this.place?.device ?? null,
        volumeIdentity: this.place?.volume.identity ?? null,
        pathOnVolume: this.place?.pathOnVolume ?? null,
      },
      knownVideos: present.length,
      samples: present.map(({ path, pathBytes, sizeBytes }) => ({ path, pathBytes, sizeBytes })),
      acceptMissing: this.acceptMissing,
    };
  }

  row(path: string): MemoryRow {
    const row = this.rows.get(path);
    if (!row) throw new Error(`There is no row for ${path}, only ${[...this.rows.keys()].join()}.`);
    return row;
  }

  #answer<Request extends { runToken: string }, Response>(
    name: keyof ScanSink,
    answer: (request: Request) => Response,
  ): (request: Request) => Promise<Response> {
    return async (request) => {
      this.calls.push(name);
      await this.onCall(name);
      if (name !== 'beginScan' && request.runToken !== this.#token) {
        throw new VitrineError('STALE_RUN', 'Another run took over.');
      }
      return structuredClone(answer(structuredClone(request)));
    };
  }

  #meet(folder: { path: string; pathBytes: Uint8Array | null }, file: WalkedFile): void {
    const path = folder.path === '' ? file.name : `${folder.path}/${file.name}`;
    const { sizeBytes, mtimeMs, inode } = file;
    this.#seen.add(path);
    const known = this.rows.get(path);
    if (known) known.missing = false;
    if (known?.outcome && known.sizeBytes === sizeBytes && known.mtimeMs === mtimeMs) {
      this.#count(known.outcome);
      this.#quickDone++;
      return;
    }
    if (!known) this.#added++;
    const row: MemoryRow = {
      videoId: known?.videoId ?? this.rows.size + 1,
      ...{ path, pathBytes: joinBytes(folder, file), sizeBytes, mtimeMs, inode },
      contentHash: null,
      facts: null,
      outcome: null,
      missing: false,
    };
    this.rows.set(path, row);
    this.#waiting.push(row);
    this.#unreadHeaders.push(row);
  }

  #write({ videoId, sizeBytes, mtimeMs, inode, contentHash, outcome }: ProbeReport): void {
    const row = this.#rowOf(videoId);
    if (outcome.kind === 'identified') {
      this.identified.set(videoId, contentHash);
      return;
    }
    if (outcome.kind === 'probed' || outcome.kind === 'unreadable') {
      Object.assign(row, { sizeBytes, mtimeMs, inode, contentHash, outcome });
    }
    if (outcome.kind === 'unsettled') this.unsettled.push(row.path);
    this.#count(outcome);
  }

  #rowOf(videoId: number): MemoryRow {
    const row = [...this.rows.values()].find((one) => one.videoId === videoId);
    if (!row) throw new Error(`There is no video ${videoId}.`);
    return row;
  }

  #count(outcome: ProbeOutcome): void {
    this.#done++;
    if (outcome.kind === 'unreadable') this.#problems++;
  }

  #taskOf(row: MemoryRow, work: ProbeTask['work']): ProbeTask {
    return { ...this.#fileOf(row), work, alone: this.suspects.has(row.path) };
  }

  #fileOf({ videoId, path, pathBytes, sizeBytes, mtimeMs }: MemoryRow): FileTask {
    return { videoId, path, pathBytes, sizeBytes, mtimeMs };
  }

  #counts(): ScanCounts {
    return {
      discovered: this.#seen.size,
      quickDone: this.#quickDone,
      done: this.#done,
      problems: this.#problems,
    };
  }
}

function joinBytes(
  folder: { path: string; pathBytes: Uint8Array | null },
  { name, nameBytes }: WalkedFile,
): Uint8Array | null {
  if (!folder.pathBytes && !nameBytes) return null;
  const above = Buffer.from(folder.pathBytes ?? folder.path);
  const parts = above.length > 0 ? [above, Buffer.from('/')] : [];
  return Buffer.concat([...parts, Buffer.from(nameBytes ?? name)]);
}

function isBelowAny(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => folder === '' || path.startsWith(`${folder}/`));
}
