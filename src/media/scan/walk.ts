import type { WalkedFile, WalkedFolder } from '../../shared/library-protocol';
import { packFiles } from '../../shared/walked-files';
import { CONTENT_HEAD_BYTES } from './content-checks';
import {
  diskFileSystem,
  errorCode,
  type FileSystem,
  type FolderEntry,
  fileFacts,
  isGone,
  joinRaw,
  type RawPath,
} from './file-system';
import { isSkippedFile, isSkippedFolder } from './skipped-entries';
import { type VideoNames, videoNames } from './video-extensions';

/** A part of what the walk found. */
export interface WalkBatch {
  /** At most {@link MAX_BATCH_FILES} files together; folders without videos do not occur. */
  folders: WalkedFolder[];
  /** Relative paths of folders of which not everything could be seen: nothing below them may be called missing. */
  unreadableFolders: string[];
}

/** What is to be walked. */
export interface WalkRequest {
  rootPath: string;
  /** Lower-case file name extensions without the dot that the person added to the built-in list. */
  extraExtensions: readonly string[];
  /** Whether inode numbers mean anything there. */
  stableInodes: boolean;
}

export interface WalkOptions extends WalkRequest {
  signal: AbortSignal;
}

/** A way to walk, in this thread or in another. */
export type Walker = (options: WalkOptions) => AsyncGenerator<WalkBatch, void>;

/** On rescans of 100,000 files the time was the same, within its spread, with 512, 1024 and 4096. */
export const MAX_BATCH_FILES = 512;

/** A batch is handed on after this time, in milliseconds, so that the first rows show at once on a slow drive. */
const MAX_BATCH_AGE_MS = 100;

interface PendingFolder {
  /** Relative to the root, `/` between names, empty for the root. */
  path: string;
  pathBytes: Buffer | null;
  absolute: RawPath;
}

interface EnteredFolder {
  entries: FolderEntry[];
  device: string;
}

/**
 * Finds every video below a folder, depth first. It reads on only as fast as it is asked, so memory is bounded by the
 * largest single folder. Links to files are followed, links to folders are not; a folder that is reached twice
 * (by a bind mount, say) is read once. A folder that cannot be read is reported, not thrown.
 * @throws the signal's reason when it aborts
 */
export async function* walk(
  { rootPath, extraExtensions, stableInodes, signal }: WalkOptions,
  fileSystem: FileSystem = diskFileSystem,
): AsyncGenerator<WalkBatch, void> {
  const names = videoNames(extraExtensions);
  const seen = new Set<string>();
  const pending: PendingFolder[] = [{ path: '', pathBytes: null, absolute: rootPath }];
  const batch = new BatchBuilder();
  let rootDevice: string | null = null;
  for (let folder = pending.pop(); folder; folder = pending.pop()) {
    signal.throwIfAborted();
    const entered = await enterFolder(folder, fileSystem, seen);
    if (entered === 'unreadable') batch.addUnreadable(folder);
    if (typeof entered === 'string') continue;
    const { entries, device } = entered;
    rootDevice ??= device;
    pending.push(...subfolders(folder, entries).reverse());
    const candidates = entries.filter((entry) => isCandidate(entry, names));
    for (let start = 0; start < candidates.length; start += MAX_BATCH_FILES) {
      signal.throwIfAborted();
      const part = candidates.slice(start, start + MAX_BATCH_FILES);
      const examining = { names, fileSystem, stableInodes };
      const { files, complete } = await examineFiles(folder, part, examining);
      if (!complete) batch.addUnreadable(folder);
      if (!batch.hasRoomFor(files.length)) yield batch.take();
      batch.addFiles(folder, device !== rootDevice, files);
    }
    if (batch.isDue()) yield batch.take();
  }
  if (!batch.isEmpty()) yield batch.take();
}

/** Lists a folder, unless it was read before by another way. */
async function enterFolder(
  folder: PendingFolder,
  fileSystem: FileSystem,
  seen: Set<string>,
): Promise<EnteredFolder | 'seen' | 'unreadable'> {
  try {
    // The person may have chosen a link; below it, a folder that turned into one leads elsewhere.
    const links = folder.path === '' ? 'follow' : 'refuse';
    const { device, key } = await fileSystem.identifyFolder(folder.absolute, links);
    if (key !== null && seen.has(key)) return 'seen';
    if (key !== null) seen.add(key);
    return { entries: await fileSystem.listFolder(folder.absolute), device };
  } catch {
    // Also when it is merely gone: until the folder above says so in a later scan, nothing below it is missing.
    return 'unreadable';
  }
}

function subfolders(parent: PendingFolder, entries: readonly FolderEntry[]): PendingFolder[] {
  return entries
    .filter((entry) => entry.kind === 'folder' && !isSkippedFolder(entry.name))
    .map(({ name, bytes }) => ({
      path: parent.path === '' ? name : `${parent.path}/${name}`,
      pathBytes: joinRelativeBytes(parent, name, bytes),
      absolute: joinRaw(parent.absolute, name, bytes),
    }));
}

/** The raw relative path; null as long as every part of it is text. */
function joinRelativeBytes(
  parent: PendingFolder,
  name: string,
  nameBytes: Buffer | null,
): Buffer | null {
  if (!parent.pathBytes && !nameBytes) return null;
  const above = parent.pathBytes ?? Buffer.from(parent.path);
  const separator = above.length === 0 ? '' : '/';
  return Buffer.concat([above, Buffer.from(separator), nameBytes ?? Buffer.from(name)]);
}

function isCandidate({ kind, name }: FolderEntry, names: VideoNames): boolean {
  return (kind === 'file' || kind === 'link') && !isSkippedFile(name) && names.isVideo(name);
}

interface Examining {
  names: VideoNames;
  fileSystem: FileSystem;
  stableInodes: boolean;
}

/** @returns `complete` is false when a file is there but could not be looked at */
async function examineFiles(
  folder: PendingFolder,
  candidates: readonly FolderEntry[],
  { names, fileSystem, stableInodes }: Examining,
): Promise<{ files: WalkedFile[]; complete: boolean }> {
  const paths = candidates.map(({ name, bytes }) => joinRaw(folder.absolute, name, bytes));
  const answers = await fileSystem.statFiles(paths);
  const files: WalkedFile[] = [];
  let complete = true;
  for (let position = 0; position < candidates.length; position += 1) {
    const candidate = candidates[position];
    const answer = answers[position];
    const path = paths[position];
    if (!candidate || !answer || path === undefined) continue;
    const { name, bytes: nameBytes } = candidate;
    if (answer instanceof Error) {
      complete &&= isHarmless(answer);
      continue;
    }
    // Pipes, sockets and devices can have any name, and reading one may never end.
    if (!answer.isFile()) continue;
    const check = names.contentCheck(name);
    const verdict = check ? await sniff(path, check, fileSystem) : 'video';
    if (verdict === 'unknown') complete = false;
    if (verdict === 'video') files.push({ name, nameBytes, ...fileFacts(answer, stableInodes) });
  }
  return { files, complete };
}

async function sniff(
  path: RawPath,
  check: (head: Uint8Array) => boolean,
  fileSystem: FileSystem,
): Promise<'video' | 'other' | 'unknown'> {
  try {
    return check(await fileSystem.readHead(path, CONTENT_HEAD_BYTES)) ? 'video' : 'other';
  } catch (error) {
    return isHarmless(error) ? 'other' : 'unknown';
  }
}

/** It vanished meanwhile, or it is a link to nowhere or to itself: not a video, and nothing is hidden from us. */
function isHarmless(error: unknown): boolean {
  return isGone(error) || errorCode(error) === 'ELOOP';
}

/** Gathers small folders into one batch. */
class BatchBuilder {
  #folders: WalkedFolder[] = [];
  #unreadable = new Set<string>();
  #fileCount = 0;
  #startedAt = performance.now();

  addUnreadable({ path }: PendingFolder): void {
    this.#unreadable.add(path);
  }

  addFiles({ path, pathBytes }: PendingFolder, mounted: boolean, files: WalkedFile[]): void {
    if (files.length === 0) return;
    this.#folders.push({ path, pathBytes, mounted, files: packFiles(files) });
    this.#fileCount += files.length;
  }

  hasRoomFor(files: number): boolean {
    return this.#fileCount + files <= MAX_BATCH_FILES;
  }

  isEmpty(): boolean {
    return this.#fileCount === 0 && this.#unreadable.size === 0;
  }

  isDue(): boolean {
    return this.#fileCount > 0 && performance.now() - this.#startedAt >= MAX_BATCH_AGE_MS;
  }

  take(): WalkBatch {
    const batch = { folders: this.#folders, unreadableFolders: [...this.#unreadable] };
    this.#folders = [];
    this.#unreadable = new Set();
    this.#fileCount = 0;
    this.#startedAt = performance.now();
    return batch;
  }
}
