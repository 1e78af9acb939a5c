import type { Location } from '../../shared/media';

/**
 * Reads an ISO 6709 position as cameras write it: `+48.8577+002.2950+035.000/`, `+37.3320-122.0312/`, and the
 * forms with minutes (`+4851.46`) and seconds (`+485127.7`). Null where it is no position on Earth, and for 0,0,
 * which is what a camera without a fix writes.
 */
export function parseIso6709(text: string | null): Location | null {
  const match = /^([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?/.exec(text ?? '');
  if (!match?.[1] || !match[2]) return null;
  const latitude = parseDegrees(match[1], 2);
  const longitude = parseDegrees(match[2], 3);
  if (latitude === null || longitude === null) return null;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  if (latitude === 0 && longitude === 0) return null;
  return { latitude, longitude, altitude: match[3] === undefined ? null : Number(match[3]) };
}

/** Degrees, degrees and minutes, or degrees, minutes and seconds: told apart by the number of whole digits. */
function parseDegrees(text: string, degreeDigits: number): number | null {
  const sign = text.startsWith('-') ? -1 : 1;
  const unsigned = text.slice(1);
  const wholeDigits = unsigned.split('.', 1)[0]?.length ?? 0;
  if (wholeDigits <= degreeDigits) return sign * Number(unsigned);
  const degrees = Number(unsigned.slice(0, degreeDigits));
  const rest = unsigned.slice(degreeDigits);
  if (wholeDigits === degreeDigits + 2) return sign * (degrees + Number(rest) / 60);
  if (wholeDigits !== degreeDigits + 4) return null;
  return sign * (degrees + Number(rest.slice(0, 2)) / 60 + Number(rest.slice(2)) / 3600);
}
