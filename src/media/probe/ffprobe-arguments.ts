import { INPUT_LIMITS, inputAddress } from '../children/tool-input';

/**
 * Arguments of the one ffprobe run that a file gets.
 * @param source what stands behind `file:`
 */
export function ffprobeArguments(source: string): string[] {
  return [
    ...['-v', 'error', '-hide_banner'],
    ...['-print_format', 'json=compact=1'],
    ...['-show_format', '-show_streams', '-show_chapters'],
    ...['-threads', '1'],
    ...INPUT_LIMITS,
    inputAddress(source),
  ];
}
