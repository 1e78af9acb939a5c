import { INPUT_LIMITS, inputAddress } from '../children/tool-input';

/** Arguments of the one ffprobe run that a file gets, but for its input, which stands last. */
export const FFPROBE_OPTIONS: readonly string[] = [
  ...['-v', 'error', '-hide_banner'],
  ...['-print_format', 'json=compact=1'],
  ...['-show_format', '-show_streams', '-show_chapters'],
  ...['-threads', '1'],
  ...INPUT_LIMITS,
];

/** @param source what stands behind `file:` */
export function ffprobeArguments(source: string): string[] {
  return [...FFPROBE_OPTIONS, inputAddress(source)];
}
