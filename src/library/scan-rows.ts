import type { FileTask, WalkedFile, WalkedFiles, WalkedFolder } from '../shared/library-protocol';
import type { Connection } from './connection';
import { fold } from './fold';
import {
  type LeftWork,
  leftWork,
  READING_PROGRESS,
  type ReadingColumns,
  readingProgressOf,
} from './left-work';
import { nameKey, pathKey } from './name-key';
import { DUE } from './previews/due-videos';
import { FORGET_PREVIEWS } from './previews/forget-previews';
import type { KnownVideo } from './reconcile';
import type { Root } from './roots';
import { absoluteFolder, type RawPlace, relativePlace } from './video-path';

/** Identity of the job on whose behalf rows are written. */
export interface ScanRun {
  /** Row ID of the job. */
  jobRow: number;
  root: Root;
}

export interface FoundRow {
  id: number;
  /** It has never been probed, nor been compared with what was missing. */
  isNew: boolean;
  known: KnownVideo;
}

/** A row of which everything is known, at the position of its name among a folder's files. */
export interface CompleteRow extends FileVersion {
  position: number;
  id: number;
}

/** A version of a file's content. */
export interface FileVersion {
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
}

const NO_BYTES = Buffer.alloc(0);

/** Folder and video rows as a scan reads and writes them. */
export class ScanRows {
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, now: () => number) {
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  /** Row ID of the youngest video of the library; 0 where there is none. */
  newestVideo(): number {
    return this.#statements.newest.get()?.id ?? 0;
  }

  /** ID of the folder's row, made when it `isNew`. */
  ensureFolder({ root }: ScanRun, folder: WalkedFolder): { id: number; isNew: boolean } {
    const { path, pathBytes } = folder;
    const mounted = folder.mounted ? 1 : 0;
    const existing = this.#statements.folder.get(root.rootId, path, pathBytes ?? NO_BYTES);
    if (existing) {
      if (existing.mounted !== mounted) this.#statements.setMounted.run(mounted, existing.id);
      return { id: existing.id, isNew: false };
    }
    const key = pathKey(absoluteFolder(root.path, path));
    const row = { rootId: root.rootId, path, pathBytes, key, mounted };
    const { lastInsertRowid } = this.#statements.insertFolder.run(row);
    this.#statements.insertFolderSearch.run(lastInsertRowid, fold(path));
    return { id: Number(lastInsertRowid), isNew: true };
  }

  /**
   * Which of a folder's files have rows of which everything is known and that the job has not touched, as far as their
   * names tell. One statement for all of them takes a quarter of the time of one for each.
   */
  completeAmong({ jobRow }: ScanRun, folderId: number, { names }: WalkedFiles): CompleteRow[] {
    return this.#statements.complete.all({ folderId, names, jobRow });
  }

  /** The row of a file at its place: the one that is there, else one that was and is missing. */
  find(run: ScanRun, folderId: number, file: WalkedFile): FoundRow | null {
    const { present, missing } = this.#statements;
    const place = [folderId, file.name, file.nameBytes ?? NO_BYTES] as const;
    const row = present.get(...place) ?? likeliest(missing.all(...place), file);
    if (!row) return null;
    return {
      id: row.id,
      isNew: row.isNew === 1,
      known: {
        sizeBytes: row.sizeBytes,
        mtimeMs: row.mtimeMs,
        inode: row.inode,
        state: row.state,
        ...readingProgressOf(row),
        earlierOutcome: outcomeOf(row, run.jobRow),
      },
    };
  }

  /** ID of the row whose file is at a place; null where there is none. */
  presentAt(folderId: number, { name, nameBytes }: WalkedFile): number | null {
    return this.#statements.present.get(folderId, name, nameBytes ?? NO_BYTES)?.id ?? null;
  }

  /** Whether another video of this size was known before the run: only then a new file can be a moved one. */
  isSizeKnown(sizeBytes: number, newestBefore: number, exceptId: number): boolean {
    return this.#statements.ofSize.get(sizeBytes, newestBefore, exceptId) !== undefined;
  }

  insert(run: ScanRun, folderId: number, file: WalkedFile): number {
    const { lastInsertRowid } = this.#statements.insert.run({
      rootId: run.root.rootId,
      folderId,
      ...file,
      nameKey: nameKey(file.name),
      now: this.#now(),
      jobRow: run.jobRow,
    });
    return Number(lastInsertRowid);
  }

  /** The video is there again as it was. */
  revive(id: number): void {
    this.#statements.revive.run(id);
  }

  /**
   * The same content has another inode number: it was copied back, or the drive was replaced.
   * @returns what is left to do with it
   */
  renumber(id: number, inode: number): LeftWork {
    this.#statements.revive.run(id);
    this.#statements.renumber.run(inode, id);
    return this.#leftWork(id);
  }

  /**
   * The file at the video's place is another version of it; what was known of the older one stays until it is read.
   * @returns what is left to do with it
   */
  replace(
    run: ScanRun,
    id: number,
    file: WalkedFile,
    outcome: 'added' | 'changed' | 'moved',
  ): LeftWork {
    const { sizeBytes, mtimeMs, inode } = file;
    this.#statements.revive.run(id);
    this.#statements.forgetVerification.run({ id, sizeBytes, mtimeMs, inode });
    this.#statements.forgetPreviews.run({ videoId: id });
    // That a file was moved is kept elsewhere.
    const kept = outcome === 'moved' ? null : outcome;
    const values = { id, sizeBytes, mtimeMs, inode, outcome: kept, jobRow: run.jobRow };
    this.#statements.replace.run(values);
    return this.#leftWork(id);
  }

  #leftWork(id: number): LeftWork {
    const progress = this.#statements.progress.get(id);
    if (!progress) throw new Error(`There is no video ${id}.`);
    return leftWork(readingProgressOf(progress));
  }

  /** Keeps the content identity of a version of a video; ignored when the row is of another version by now. */
  identify(id: number, { sizeBytes, mtimeMs }: FileVersion, contentHash: Uint8Array): void {
    this.#statements.identify.run(contentHash, id, sizeBytes, mtimeMs);
  }

  /** Null when the video is not in the root any more. */
  fileTask(videoId: number, { root }: ScanRun): FileTask | null {
    const row = this.#statements.task.get(videoId, root.rootId);
    if (!row) return null;
    const { sizeBytes, mtimeMs } = row;
    return { videoId, ...relativePlace(row), sizeBytes, mtimeMs };
  }
}

/** Of several that are missing from one place the one of the same version, else the youngest. */
function likeliest(rows: readonly FoundColumns[], file: FileVersion): FoundColumns | undefined {
  const isSame = (row: FoundColumns) =>
    row.sizeBytes === file.sizeBytes && row.mtimeMs === file.mtimeMs;
  const youngest = rows.toSorted((left, right) => right.id - left.id);
  return youngest.find(isSame) ?? youngest[0];
}

function outcomeOf(row: FoundColumns, jobRow: number): KnownVideo['earlierOutcome'] {
  if (row.movedByJob === jobRow) return 'moved';
  return row.scanJob === jobRow && row.scanOutcome !== 'missing' ? row.scanOutcome : null;
}

interface FoundColumns extends ReadingColumns {
  id: number;
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  state: KnownVideo['state'];
  isNew: number;
  scanJob: number | null;
  scanOutcome: 'added' | 'changed' | 'missing' | null;
  movedByJob: number | null;
}

interface TaskRow extends RawPlace {
  sizeBytes: number;
  mtimeMs: number;
}

function prepareStatements(database: Connection) {
  // A readable state needs no look at the problems, which spares a rescan one look-up a file.
  const found = `SELECT id, size_bytes AS sizeBytes, mtime_ms AS mtimeMs, inode, state,
      probed_at IS NULL AND content_hash IS NULL AS isNew, needs_probe AS needsProbe,
      probe_level = 'quick' AS hasQuickFacts, content_hash IS NOT NULL AS isIdentified,
      CASE state WHEN 'ok' THEN 0 WHEN 'unreadable' THEN 1
        ELSE EXISTS (SELECT 1 FROM problems WHERE video_id = videos.id) END AS hasProblem,
      scan_job AS scanJob, scan_outcome AS scanOutcome, moved_by_job AS movedByJob
    FROM videos WHERE folder_id = ? AND name = ? AND ifnull(name_bytes, x'') = ?`;
  return {
    newest: database.prepare<[], { id: number | null }>('SELECT max(id) AS id FROM videos'),
    folder: database.prepare<[number, string, Uint8Array], { id: number; mounted: number }>(`
      SELECT id, mounted FROM folders WHERE root_id = ? AND path = ? AND ifnull(path_bytes, x'') = ?`),
    setMounted: database.prepare('UPDATE folders SET mounted = ? WHERE id = ?'),
    insertFolder: database.prepare(`
      INSERT INTO folders (root_id, path, path_bytes, path_key, mounted)
      VALUES (@rootId, @path, @pathBytes, @key, @mounted)`),
    insertFolderSearch: database.prepare('INSERT INTO folder_search (rowid, path) VALUES (?, ?)'),
    present: database.prepare<[number, string, Uint8Array], FoundColumns>(
      `${found} AND state <> 'missing'`,
    ),
    missing: database.prepare<[number, string, Uint8Array], FoundColumns>(
      `${found} AND state = 'missing'`,
    ),
    complete: database.prepare<[{ folderId: number; names: string; jobRow: number }], CompleteRow>(`
      SELECT file.key AS position, videos.id, size_bytes AS sizeBytes, mtime_ms AS mtimeMs, inode
      FROM json_each(@names) AS file CROSS JOIN videos
        ON folder_id = @folderId AND name = file.value AND ifnull(name_bytes, x'') = x'' AND state <> 'missing'
      WHERE state = 'ok' AND needs_probe = 0 AND content_hash IS NOT NULL
        AND scan_job IS NOT @jobRow AND moved_by_job IS NOT @jobRow`),
    ofSize: database.prepare<[number, number, number]>(
      'SELECT 1 FROM videos WHERE size_bytes = ? AND id <= ? AND id <> ? LIMIT 1',
    ),
    insert: database.prepare(`
      INSERT INTO videos (root_id, folder_id, name, name_bytes, name_key, size_bytes, mtime_ms, inode,
        state, needs_probe, added_at, scan_job, scan_outcome)
      VALUES (@rootId, @folderId, @name, @nameBytes, @nameKey, @sizeBytes, @mtimeMs, @inode,
        'ok', 1, @now, @jobRow, 'added')`),
    revive: database.prepare(`
      UPDATE videos SET missing_since = NULL,
        state = iif(EXISTS (SELECT 1 FROM problems WHERE video_id = videos.id), 'unreadable', 'ok')
      WHERE id = ?`),
    renumber: database.prepare('UPDATE videos SET inode = ? WHERE id = ?'),
    progress: database.prepare<[number], ReadingColumns>(
      `SELECT ${READING_PROGRESS} FROM videos WHERE id = ?`,
    ),
    replace: database.prepare(`
      UPDATE videos SET size_bytes = @sizeBytes, mtime_ms = @mtimeMs, inode = @inode, needs_probe = 1,
        probe_level = 'none', content_hash = NULL, scan_job = @jobRow, scan_outcome = @outcome,
        previews_due = ${DUE.poster}
      WHERE id = @id`),
    forgetPreviews: database.prepare(FORGET_PREVIEWS),
    // One of the new version was made since the last scan, and stays.
    forgetVerification: database.prepare(`
      DELETE FROM verifications WHERE video_id = @id
        AND NOT (size_bytes = @sizeBytes AND mtime_ms = @mtimeMs AND inode = @inode)`),
    identify: database.prepare(
      'UPDATE videos SET content_hash = ? WHERE id = ? AND size_bytes = ? AND mtime_ms = ?',
    ),
    task: database.prepare<[number, number], TaskRow>(`
      SELECT f.path AS folder, f.path_bytes AS folderBytes, v.name, v.name_bytes AS nameBytes,
        v.size_bytes AS sizeBytes, v.mtime_ms AS mtimeMs
      FROM videos v JOIN folders f ON f.id = v.folder_id WHERE v.id = ? AND v.root_id = ?`),
  };
}
