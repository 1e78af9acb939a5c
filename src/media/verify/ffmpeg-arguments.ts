import { INPUT_LIMITS, inputAddress } from '../children/tool-input';

export interface DecodeOptions {
  /** Threads of one decoder. */
  threads: number;
  /** Indexes of streams that have no decoder. */
  without: readonly number[];
}

/**
 * Arguments of a run that decodes every video and audio stream from beginning to end and keeps nothing.
 *
 * `-debug_ts` names the time of each packet just before it is decoded, on the same pipe as the decoder's errors:
 * measured on clips with known damage, errors come out at the very packet. `-progress` and the usual statistics come
 * twice a second, in which a fast machine decodes a minute. It costs 2 % on full HD; `showinfo`, which tells less, 45 %.
 *
 * The filters drop the decoded frames at once: nothing is converted, no stream waits in a muxer's queue for another,
 * and the muxer has no time stamps to complain about.
 * @param source what stands behind `file:`
 */
export function decodeArguments(source: string, { threads, without }: DecodeOptions): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-nostats'],
    // A level in front of each line, and repeated messages written out.
    ...['-v', 'repeat+level+info', '-debug_ts'],
    ...INPUT_LIMITS,
    ...['-threads', String(threads)],
    // Checksums are a proof. Stricter flags found no more on damaged clips, and may accuse odd but sound files.
    ...['-err_detect', 'crccheck'],
    ...['-i', inputAddress(source)],
    // Cover art is no video; subtitles have nothing to verify.
    ...['-map', '0:V?', '-map', '0:a?'],
    ...without.flatMap((index) => ['-map', `-0:${index}`]),
    ...['-vf', 'select=0', '-af', 'aselect=0'],
    ...['-f', 'null', '-'],
  ];
}
