/** Whether an absolute path with `/` between names is `folder` or lies below it. */
export function isAtOrBelow(path: string, folder: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}

/**
 * The mount through which a path is seen: the innermost, and of several at the same mount point the last one, which
 * hides the others.
 */
export function innermost<T extends { mountPoint: string }>(
  mounts: readonly T[],
  path: string,
): T | null {
  let found: T | null = null;
  for (const mount of mounts) {
    const { length } = found?.mountPoint ?? '';
    if (isAtOrBelow(path, mount.mountPoint) && mount.mountPoint.length >= length) found = mount;
  }
  return found;
}

/** The path `path` below `from`, moved to below `to`. */
export function rebase(path: string, from: string, to: string): string {
  const rest = path.slice(from === '/' ? 0 : from.length).replace(/^\//, '');
  if (rest === '') return to;
  return to === '/' ? `/${rest}` : `${to}/${rest}`;
}
