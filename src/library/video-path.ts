/** Windows drive letters and shares, from which the separator of all paths below follows. */
const WINDOWS_ROOT = /^(?:[a-z]:|\\\\)/i;

function separatorOf(rootPath: string): '/' | '\\' {
  return WINDOWS_ROOT.test(rootPath) ? '\\' : '/';
}

function withSeparator(rootPath: string): string {
  const separator = separatorOf(rootPath);
  return rootPath.endsWith(separator) ? rootPath : rootPath + separator;
}

/** A root's path without a separator at its end, unless it is all that there is (`/`, `C:\`). */
export function normaliseRootPath(path: string): string {
  const separator = separatorOf(path);
  let end = path.length;
  while (end > 1 && path[end - 1] === separator && path[end - 2] !== ':') end -= 1;
  return path.slice(0, end);
}

/** Absolute path of a root's folder; `folder` is relative with `/` between names. */
export function absoluteFolder(rootPath: string, folder: string): string {
  if (folder === '') return rootPath;
  const separator = separatorOf(rootPath);
  return withSeparator(rootPath) + (separator === '/' ? folder : folder.replaceAll('/', separator));
}

/** Path relative to a root, `/` between names. */
export function relativePath({ folder, name }: PlaceBelow): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** A place with the raw bytes of what is not valid UTF-8. */
export interface RawPlace extends PlaceBelow {
  folderBytes: Uint8Array | null;
  nameBytes: Uint8Array | null;
}

/** Path relative to a root as files are handed out to be read; bytes where the text would not find the file. */
export function relativePlace(place: RawPlace): { path: string; pathBytes: Uint8Array | null } {
  const { folder, folderBytes, name, nameBytes } = place;
  const path = relativePath(place);
  if (!folderBytes && !nameBytes) return { path, pathBytes: null };
  const head = folderBytes ?? Buffer.from(folder);
  const tail = nameBytes ?? Buffer.from(name);
  const pathBytes = folder === '' ? tail : Buffer.concat([head, Buffer.from('/'), tail]);
  return { path, pathBytes };
}

/** Absolute path of a video as the system writes it. */
export function absolutePath(rootPath: string, folder: string, name: string): string {
  return withSeparator(absoluteFolder(rootPath, folder)) + name;
}

/** Whether `path` lies somewhere below `folder`. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(withSeparator(folder)) && path !== folder;
}

/** A place below a root. */
export interface PlaceBelow {
  /** Relative, `/` between names; empty for the root itself. */
  folder: string;
  name: string;
}

/** The place of an absolute path below a root; null when it is not below. */
export function placeBelow(path: string, rootPath: string): PlaceBelow | null {
  if (!isBelow(path, rootPath)) return null;
  const names = path.slice(withSeparator(rootPath).length).split(separatorOf(rootPath));
  const name = names.pop();
  return name ? { folder: names.join('/'), name } : null;
}

/** Last name of a folder's path, or the whole where there is none (`/`). */
export function lastName(path: string): string {
  return path.split(separatorOf(path)).findLast((name) => name !== '') ?? path;
}

/** Whether a relative folder is `ancestor` or lies below it; the empty string is the root. */
export function isWithin(folder: string, ancestor: string): boolean {
  return ancestor === '' || folder === ancestor || folder.startsWith(`${ancestor}/`);
}
