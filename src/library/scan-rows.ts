import type { ProbeTask, WalkedFile } from '../shared/library-protocol';
import type { Connection } from './connection';
import { fold } from './fold';
import { nameKey, pathKey } from './name-key';
import type { KnownVideo, Reconciliation } from './reconcile';
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
  known: KnownVideo;
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

  countVideos(rootId: number): number {
    return this.#statements.count.get(rootId)?.total ?? 0;
  }

  /** ID of the folder's row, made when it is new. */
  ensureFolder({ root }: ScanRun, path: string, pathBytes: Uint8Array | null): number {
    const existing = this.#statements.folder.get(root.rootId, path, pathBytes ?? NO_BYTES);
    if (existing) return existing.id;
    const key = pathKey(absoluteFolder(root.path, path));
    const { lastInsertRowid } = this.#statements.insertFolder.run(
      root.rootId,
      path,
      pathBytes,
      key,
    );
    this.#statements.insertFolderSearch.run(lastInsertRowid, fold(path));
    return Number(lastInsertRowid);
  }

  find(run: ScanRun, folderId: number, file: WalkedFile): FoundRow | null {
    const row = this.#statements.find.get(folderId, file.name, file.nameBytes ?? NO_BYTES);
    if (!row) return null;
    const outcome = row.scanJob === run.jobRow ? row.scanOutcome : null;
    return {
      id: row.id,
      known: {
        sizeBytes: row.sizeBytes,
        mtimeMs: row.mtimeMs,
        inode: row.inode,
        state: row.state,
        needsProbe: row.needsProbe === 1,
        hasProblem: row.hasProblem === 1,
        earlierOutcome: outcome === 'missing' ? null : outcome,
      },
    };
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
    this.#statements.insertSearch.run(lastInsertRowid, fold(file.name));
    return Number(lastInsertRowid);
  }

  /** Writes what was decided about a row that exists. */
  update(run: ScanRun, id: number, file: WalkedFile, decision: Reconciliation): void {
    switch (decision.action) {
      case 'revive':
        this.#statements.revive.run(id);
        break;
      case 'replace': {
        const { sizeBytes, mtimeMs, inode } = file;
        this.#statements.forgetVerification.run({ id, sizeBytes, mtimeMs, inode });
        const { state, outcome } = decision;
        const values = { id, sizeBytes, mtimeMs, inode, state, outcome, jobRow: run.jobRow };
        this.#statements.replace.run(values);
        break;
      }
      case 'keep':
      case 'insert':
        break;
    }
  }

  probeTask(videoId: number): ProbeTask | null {
    const row = this.#statements.task.get(videoId);
    if (!row) return null;
    const { sizeBytes, mtimeMs } = row;
    return { videoId, ...relativePlace(row), sizeBytes, mtimeMs };
  }

  /** Folders of the root with the IDs of their rows. */
  folders(rootId: number): { id: number; path: string }[] {
    return this.#statements.folders.all(rootId);
  }

  /** The next videos, by ID, that are present as far as the library knows. */
  presentAfter(rootId: number, state: 'ok' | 'unreadable', id: number, limit: number) {
    return this.#statements.present.all(rootId, state, id, limit);
  }

  markMissing(run: ScanRun, id: number): void {
    this.#statements.markMissing.run(this.#now(), run.jobRow, id);
  }

  /** Videos that an earlier run of this job found missing. */
  countMissingOfJob(run: ScanRun): number {
    return this.#statements.missingOfJob.get(run.root.rootId, run.jobRow)?.total ?? 0;
  }
}

interface FoundColumns {
  id: number;
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  state: KnownVideo['state'];
  needsProbe: number;
  hasProblem: number;
  scanJob: number | null;
  scanOutcome: 'added' | 'changed' | 'missing' | null;
}

interface TaskRow extends RawPlace {
  sizeBytes: number;
  mtimeMs: number;
}

function prepareStatements(database: Connection) {
  return {
    count: database.prepare<[number], { total: number }>(
      'SELECT count(*) AS total FROM videos WHERE root_id = ?',
    ),
    folder: database.prepare<[number, string, Uint8Array], { id: number }>(`
      SELECT id FROM folders WHERE root_id = ? AND path = ? AND ifnull(path_bytes, x'') = ?`),
    insertFolder: database.prepare(
      'INSERT INTO folders (root_id, path, path_bytes, path_key) VALUES (?, ?, ?, ?)',
    ),
    insertFolderSearch: database.prepare('INSERT INTO folder_search (rowid, path) VALUES (?, ?)'),
    // A readable state needs no look at the problems, which spares a rescan one look-up a file.
    find: database.prepare<[number, string, Uint8Array], FoundColumns>(`
      SELECT id, size_bytes AS sizeBytes, mtime_ms AS mtimeMs, inode, state, needs_probe AS needsProbe,
        CASE state WHEN 'ok' THEN 0 WHEN 'unreadable' THEN 1
          ELSE EXISTS (SELECT 1 FROM problems WHERE video_id = videos.id) END AS hasProblem,
        scan_job AS scanJob, scan_outcome AS scanOutcome
      FROM videos WHERE folder_id = ? AND name = ? AND ifnull(name_bytes, x'') = ?`),
    insert: database.prepare(`
      INSERT INTO videos (root_id, folder_id, name, name_bytes, name_key, size_bytes, mtime_ms, inode,
        state, needs_probe, added_at, scan_job, scan_outcome)
      VALUES (@rootId, @folderId, @name, @nameBytes, @nameKey, @sizeBytes, @mtimeMs, @inode,
        'ok', 1, @now, @jobRow, 'added')`),
    insertSearch: database.prepare('INSERT INTO video_search (rowid, name) VALUES (?, ?)'),
    revive: database.prepare(`
      UPDATE videos SET missing_since = NULL,
        state = iif(EXISTS (SELECT 1 FROM problems WHERE video_id = videos.id), 'unreadable', 'ok')
      WHERE id = ?`),
    replace: database.prepare(`
      UPDATE videos SET size_bytes = @sizeBytes, mtime_ms = @mtimeMs, inode = @inode, state = @state,
        missing_since = NULL, needs_probe = 1, scan_job = @jobRow, scan_outcome = @outcome
      WHERE id = @id`),
    // One of the new version was made since the last scan, and stays.
    forgetVerification: database.prepare(`
      DELETE FROM verifications WHERE video_id = @id
        AND NOT (size_bytes = @sizeBytes AND mtime_ms = @mtimeMs AND inode = @inode)`),
    task: database.prepare<[number], TaskRow>(`
      SELECT f.path AS folder, f.path_bytes AS folderBytes, v.name, v.name_bytes AS nameBytes,
        v.size_bytes AS sizeBytes, v.mtime_ms AS mtimeMs
      FROM videos v JOIN folders f ON f.id = v.folder_id WHERE v.id = ?`),
    folders: database.prepare<[number], { id: number; path: string }>(
      'SELECT id, path FROM folders WHERE root_id = ?',
    ),
    present: database.prepare<[number, string, number, number], { id: number; folderId: number }>(`
      SELECT id, folder_id AS folderId FROM videos
      WHERE root_id = ? AND state = ? AND id > ? ORDER BY id LIMIT ?`),
    markMissing: database.prepare(`
      UPDATE videos SET state = 'missing', missing_since = ?, scan_job = ?, scan_outcome = 'missing'
      WHERE id = ?`),
    missingOfJob: database.prepare<[number, number], { total: number }>(`
      SELECT count(*) AS total FROM videos
      WHERE root_id = ? AND state = 'missing' AND scan_job = ? AND scan_outcome = 'missing'`),
  };
}
