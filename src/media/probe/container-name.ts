import { extname } from 'node:path';

/** The ISO base media family shares one demuxer in ffprobe. */
const ISO_FAMILY = 'mov,mp4,m4a,3gp,3g2,mj2';

export function isIsoFamily(formatName: string): boolean {
  return formatName === ISO_FAMILY;
}

/**
 * One exact word for the container: ffprobe's first format name, except in the two families that share a demuxer.
 * @param majorBrand the file type box's brand; QuickTime files older than that box have none
 * @param fileName tells WebM from Matroska, which ffprobe does not
 */
export function containerName(
  formatName: string,
  majorBrand: string | null,
  fileName: string,
): string {
  if (isIsoFamily(formatName)) return isoContainer(majorBrand);
  if (formatName === 'matroska,webm') {
    return extname(fileName).toLowerCase() === '.webm' ? 'webm' : 'matroska';
  }
  return formatName.split(',', 1)[0] ?? formatName;
}

export function isoContainer(majorBrand: string | null): string {
  const brand = majorBrand?.trim().toLowerCase() ?? 'qt';
  if (brand === 'qt') return 'mov';
  if (brand.startsWith('3g2')) return '3g2';
  if (brand.startsWith('3g')) return '3gp';
  if (brand === 'mjp2' || brand === 'mj2s') return 'mj2';
  return 'mp4';
}
