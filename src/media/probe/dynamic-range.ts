import type { HdrKind } from '../../shared/media';
import { asObjects, asText, type RawObject } from './raw-object';

/** Codec tags that only Dolby Vision streams carry. */
const DOLBY_VISION_TAGS = new Set(['dvhe', 'dvh1', 'dvav', 'dva1', 'dav1']);

/** The high dynamic range system of a video stream; null for standard range and where nothing tells. */
export function readHdrKind(stream: RawObject): HdrKind | null {
  if (isDolbyVision(stream)) return 'Dolby Vision';
  switch (stream['color_transfer']) {
    case 'smpte2084':
      return asText(stream['color_primaries']) === 'bt2020' ? 'HDR10' : 'PQ';
    case 'arib-std-b67':
      return 'HLG';
    default:
      return null;
  }
}

function isDolbyVision(stream: RawObject): boolean {
  const tag = asText(stream['codec_tag_string']);
  if (tag !== null && DOLBY_VISION_TAGS.has(tag)) return true;
  return asObjects(stream['side_data_list']).some(
    (data) => data['side_data_type'] === 'DOVI configuration record',
  );
}
