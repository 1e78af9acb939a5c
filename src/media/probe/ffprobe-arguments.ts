import { DEMUXER_WHITELIST } from './demuxers';

/** Streams beyond this are not read: hostile files declare tens of thousands. */
export const MAX_STREAMS = 1000;

/** Largest single allocation inside ffprobe, in bytes. The largest legitimate one is an index of a very long file. */
const MAX_ALLOCATION_BYTES = 256 * 1024 * 1024;

/** How far ffprobe reads to find its streams; its own default, stated because it is a limit that we rely on. */
const PROBE_BYTES = 5_000_000;

/** Media time that ffprobe analyses, in microseconds; its own default as well. */
const ANALYSE_MICROSECONDS = 5_000_000;

/**
 * Arguments of the one ffprobe run that a file gets.
 * @param source what stands behind `file:`: an absolute path, or `/dev/fd/3` for a handed-over descriptor. The prefix
 *   keeps names such as `-x.mp4`, `a:b.mp4` and `concat:x` from being taken for options or protocols.
 */
export function ffprobeArguments(source: string): string[] {
  return [
    ...['-v', 'error', '-hide_banner'],
    ...['-print_format', 'json=compact=1'],
    ...['-show_format', '-show_streams', '-show_chapters'],
    ...['-threads', '1'],
    ...['-max_alloc', String(MAX_ALLOCATION_BYTES)],
    ...['-max_streams', String(MAX_STREAMS)],
    ...['-probesize', String(PROBE_BYTES)],
    ...['-analyzeduration', String(ANALYSE_MICROSECONDS)],
    ...['-protocol_whitelist', 'file'],
    ...['-format_whitelist', DEMUXER_WHITELIST],
    `file:${source}`,
  ];
}

/**
 * The whole environment of an ffprobe child: nothing of ours, and no way for its static C library to load the
 * system's character-set modules, which makes the bundled Linux build crash on every MPEG transport stream.
 */
export function ffprobeEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const scrubbed: NodeJS.ProcessEnv = { GCONV_PATH: '/nonexistent', LC_ALL: 'C' };
  // Windows cannot load its system libraries without it.
  if (environment['SystemRoot'] !== undefined) scrubbed['SystemRoot'] = environment['SystemRoot'];
  return scrubbed;
}
