import type { JobStatus, VerifyResult } from '../../shared/job';
import type { Damage } from '../../shared/media';

const number = new Intl.NumberFormat();

/** How much of the videos' playing time is decoded: `0:12:40 of 1:30:00 decoded`. */
export function decodedText({ done, total }: JobStatus): string {
  return total === null
    ? `${timeText(done)} decoded`
    : `${timeText(done)} of ${timeText(total)} decoded`;
}

/** `Holiday: 40 verified · 2 damaged · 1 skipped in 61.5 s`. */
export function verifiedText(target: string, result: VerifyResult): string {
  const counts = (['damaged', 'unreadable', 'skipped'] as const)
    .filter((key) => result[key] > 0)
    .map((key) => `${number.format(result[key])} ${key}`);
  const seconds = (result.elapsedMs / 1000).toFixed(1);
  const verified = `${number.format(result.verified)} verified`;
  return `${target}: ${[verified, ...counts].join(' · ')} in ${seconds} s`;
}

/** Where in a file: `1:02:03.4`, `0:12:00.0 to 0:12:07.5` for a stretch, `-` where it is not known. */
export function placeText({ atSeconds, untilSeconds }: Damage): string {
  if (atSeconds === null) return '-';
  const from = timeText(atSeconds, 1);
  return untilSeconds === undefined ? from : `${from} to ${timeText(untilSeconds, 1)}`;
}

/** `h:mm:ss`, with as many decimals of a second as are asked for. */
function timeText(seconds: number, decimals: 0 | 1 = 0): string {
  const parts = 10 ** decimals;
  const whole = Math.floor(seconds * parts + 1e-6);
  const minutes = Math.floor(whole / parts / 60);
  const rest = (whole / parts - minutes * 60).toFixed(decimals);
  const two = (value: number | string, length = 2) => String(value).padStart(length, '0');
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(rest, decimals ? 4 : 2)}`;
}
