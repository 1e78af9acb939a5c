import { openFile } from '../open-file';
import { DEMUXER_WHITELIST } from './demuxers';

/** A file that ffprobe or ffmpeg reads. */
export interface ToolSource {
  /** Absolute. */
  path: string;
  /** The path's raw bytes where it is not valid UTF-8 and `path` therefore opens nothing. */
  pathBytes: Uint8Array | null;
  name: string;
}

/** A file as a child is told of it. */
export interface GivenInput {
  /** What stands behind `file:`: an absolute path, or `/dev/fd/3` for a handed-over descriptor. */
  source: string;
  /** To be handed to the child as descriptor 3. */
  descriptor: number | null;
}

/** Streams beyond this are not read: hostile files declare tens of thousands. */
export const MAX_STREAMS = 1000;

/** Largest single allocation inside the child, in bytes. The largest legitimate one is an index of a very long file. */
const MAX_ALLOCATION_BYTES = 256 * 1024 * 1024;

/** How far it reads to find the streams; the tools' own default, stated because it is a limit that we rely on. */
const PROBE_BYTES = 5_000_000;

/** Media time that it analyses, in microseconds; the tools' own default as well. */
const ANALYSE_MICROSECONDS = 5_000_000;

/** Options that stand before any input: what a hostile file may make ffprobe or ffmpeg do is bounded by them. */
export const INPUT_LIMITS: readonly string[] = [
  ...['-max_alloc', String(MAX_ALLOCATION_BYTES)],
  ...['-max_streams', String(MAX_STREAMS)],
  ...['-probesize', String(PROBE_BYTES)],
  ...['-analyzeduration', String(ANALYSE_MICROSECONDS)],
  ...['-protocol_whitelist', 'file'],
  ...['-format_whitelist', DEMUXER_WHITELIST],
];

/** The prefix keeps names such as `-x.mp4`, `a:b.mp4` and `concat:x` from being taken for options or protocols. */
export function inputAddress(source: string): string {
  return `file:${source}`;
}

/**
 * The whole environment of a child: nothing of ours, and no way for its static C library to load the system's
 * character-set modules, which makes the bundled Linux build crash on every MPEG transport stream.
 */
export function toolEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const scrubbed: NodeJS.ProcessEnv = { GCONV_PATH: '/nonexistent', LC_ALL: 'C' };
  // Windows cannot load its system libraries without it.
  if (environment['SystemRoot'] !== undefined) scrubbed['SystemRoot'] = environment['SystemRoot'];
  return scrubbed;
}

/**
 * Makes a file nameable on a command line, which is text: one whose name is no text is opened here and handed over as
 * a descriptor.
 * @throws Error when it cannot be opened, or is no file any more
 */
export async function openInput({
  path,
  pathBytes,
}: ToolSource): Promise<GivenInput & { close(): Promise<void> }> {
  if (!pathBytes) return { source: path, descriptor: null, close: async () => undefined };
  const file = await openFile(Buffer.from(pathBytes));
  if (!file) throw new Error('It is no file any more.');
  const { handle } = file;
  return { source: '/dev/fd/3', descriptor: handle.fd, close: () => handle.close() };
}
