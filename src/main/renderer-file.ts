import { join, normalize, sep } from 'node:path';
import { PAGE_ORIGIN } from './ipc/gate';

/** The file of `folder` (absolute) that a URL names, or null when it is not of our origin or leaves the folder. */
export function rendererFile(folder: string, url: string): string | null {
  if (!url.startsWith(`${PAGE_ORIGIN}/`) || !URL.canParse(url)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  return file.startsWith(folder + sep) ? file : null;
}
