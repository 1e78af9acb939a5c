import type { WalkedFile, WalkedFiles, WalkedFolder } from '../shared/library-protocol';
import { countFiles, unpackFiles, versionAt } from '../shared/walked-files';
import type { ChangeSignal } from './change-signal';
import { IdSet } from './id-set';
import { isSameVersion, reconcile } from './reconcile';
import type { FoundRow, ScanRows } from './scan-rows';
import type { ScanSession } from './scan-session';

const NONE = new IdSet();

/** Compares what a walk finds with the rows, and makes rows of what is new. Expects a transaction. */
export class FoundFiles {
  readonly #rows: ScanRows;
  readonly #changes: ChangeSignal;

  constructor(rows: ScanRows, changes: ChangeSignal) {
    this.#rows = rows;
    this.#changes = changes;
  }

  /** Yields where the work may be cut. */
  *reconcile(session: ScanSession, folders: readonly WalkedFolder[]): Generator<void, void> {
    for (const folder of folders) {
      const { id: folderId, isNew } = this.#rows.ensureFolder(session.run, folder);
      const unchanged = isNew ? NONE : this.#seeUnchanged(session, folderId, folder.files);
      yield;
      if (unchanged.size === countFiles(folder.files)) continue;
      for (const [position, file] of unpackFiles(folder.files).entries()) {
        if (unchanged.has(position)) continue;
        const found = isNew ? null : this.#rows.find(session.run, folderId, file);
        this.#reconcileFile(session, folderId, file, found);
        yield;
      }
    }
  }

  /** Sees the files of which everything is known and that are as they were; answers their positions. */
  #seeUnchanged(session: ScanSession, folderId: number, files: WalkedFiles): IdSet {
    const unchanged = new IdSet();
    for (const row of this.#rows.completeAmong(session.run, folderId, files)) {
      const { position, id } = row;
      // Names that are no text can read like one that is.
      if (files.nameBytes.has(position)) continue;
      if (!isSameVersion(versionAt(files, position), row)) continue;
      session.seeUnchanged(id);
      unchanged.add(position);
    }
    return unchanged;
  }

  /** @param found the row at the file's place */
  #reconcileFile(
    session: ScanSession,
    folderId: number,
    file: WalkedFile,
    found: FoundRow | null,
  ): void {
    if (found && session.hasSeen(found.id)) return;
    const decision = reconcile(file, found?.known ?? null);
    if (decision.action === 'hold') {
      const earlier = found?.known.earlierOutcome ?? null;
      if (found) session.seeHeldChange(found.id, { folderId, file, earlier });
      return;
    }
    if (decision.action !== 'keep') this.#changes.note();
    const id = found?.id ?? this.#rows.insert(session.run, folderId, file);
    if (decision.action === 'revive') this.#rows.revive(id);
    const isNew = found === null || found.isNew;
    const mayHaveMoved = isNew && this.#rows.isSizeKnown(file.sizeBytes, session.newestBefore, id);
    if (mayHaveMoved) session.seeHeldNew(id, decision);
    else session.see(id, decision);
  }
}
