import { basename, dirname, join } from 'node:path';
import type { VideoPlace } from '../../shared/library-protocol';
import type { ToolSource } from '../children/tool-input';
import { joinRaw, joinRelative, type RawPath } from '../scan/file-system';

export function pathOf({ rootPath, path, pathBytes }: VideoPlace): RawPath {
  return joinRelative(rootPath, path, pathBytes);
}

export function inputOf(file: VideoPlace): ToolSource {
  const path = pathOf(file);
  return {
    path: join(file.rootPath, file.path),
    pathBytes: typeof path === 'string' ? null : path,
    name: basename(file.path),
  };
}

/** The folder that the video lies in. */
export function folderOf(file: VideoPlace): RawPath {
  const path = pathOf(file);
  // Raw names are kept on systems with slashes only.
  return typeof path === 'string' ? dirname(path) : path.subarray(0, path.lastIndexOf('/'));
}

/** A file in the folder of the video. */
export function besideOf(
  file: VideoPlace,
  { name, nameBytes }: { name: string; nameBytes: Uint8Array | null },
): RawPath {
  return joinRaw(folderOf(file), name, nameBytes);
}
