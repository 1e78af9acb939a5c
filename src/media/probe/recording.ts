import type { Location } from '../../shared/media';
import { parseIso6709 } from './iso-6709';
import type { Tags } from './tags';

/** Where, when and with what a recording was made, as far as the container says. */
export interface Recording {
  recordedAtMs: number | null;
  cameraMake: string | null;
  cameraModel: string | null;
  location: Location | null;
  timecode: string | null;
}

/** A camera whose clock was never set starts at its epoch: 1904 (QuickTime) or 1970. Neither is a date. */
const EARLIEST_MS = Date.UTC(1971, 0, 1);
/** Later dates are damage. */
const LATEST_MS = Date.UTC(2100, 0, 1);

/** Makers whose name in an MXF header is the camera's; there editing programs sign in the same place. */
const MXF_CAMERA_MAKERS =
  /^(sony|canon|panasonic|jvc|ikegami|arri|red|blackmagic|hitachi|nikon|fujifilm|grass valley)\b/i;

/** @param sources tags of the file, then of its streams: the first that knows wins */
export function readRecording(sources: readonly Tags[]): Recording {
  return {
    recordedAtMs: first(sources, readDate),
    cameraMake: first(sources, (tags) => {
      const maker = tags.find('com.apple.quicktime.make', 'com.android.manufacturer', 'make');
      return maker ?? mxfCamera(tags, 'company_name');
    }),
    cameraModel: first(sources, (tags) => {
      const model = tags.find('com.apple.quicktime.model', 'com.android.model', 'model');
      return model ?? mxfCamera(tags, 'product_name');
    }),
    location: first(sources, (tags) =>
      parseIso6709(
        tags.find('com.apple.quicktime.location.iso6709', 'location', 'location-eng', 'gps'),
      ),
    ),
    timecode: first(sources, (tags) => readTimecode(tags.find('timecode'))),
  };
}

function first<T>(sources: readonly Tags[], read: (tags: Tags) => T | null): T | null {
  for (const tags of sources) {
    const value = read(tags);
    if (value !== null) return value;
  }
  return null;
}

/** Apple's own tag comes first: it has the time zone, and `creation_time` is often the time of a later export. */
function readDate(tags: Tags): number | null {
  for (const name of ['com.apple.quicktime.creationdate', 'creation_time']) {
    const time = parseDate(tags.find(name) ?? '');
    if (time >= EARLIEST_MS && time < LATEST_MS) return time;
  }
  return null;
}

/** `2019-06-01T12:30:00.000000Z` and the like; without a zone it is taken for universal time. NaN for other texts. */
function parseDate(text: string): number {
  const match =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)? ?(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (!match) return Number.NaN;
  const [, date, time, zone = 'Z'] = match;
  return Date.parse(`${date}T${time}${zone.replace(/^(.\d{2})(\d{2})$/, '$1:$2')}`);
}

function mxfCamera(tags: Tags, name: 'company_name' | 'product_name'): string | null {
  return MXF_CAMERA_MAKERS.test(tags.find('company_name') ?? '') ? tags.find(name) : null;
}

function readTimecode(text: string | null): string | null {
  return text !== null && /^\d{2}:\d{2}:\d{2}[:;.]\d{2,3}$/.test(text) ? text : null;
}
