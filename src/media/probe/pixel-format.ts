/** Packed formats whose name does not end in a depth: bits per component. */
const NAMED_DEPTHS: Readonly<Record<string, number>> = {
  rgb48: 16,
  bgr48: 16,
  rgba64: 16,
  bgra64: 16,
  ya16: 16,
  monow: 1,
  monob: 1,
  x2rgb10: 10,
  x2bgr10: 10,
  nv20: 10,
  v210: 10,
};

/** Families whose plain name means eight bits. */
const EIGHT_BIT =
  /^(yuv[aj]?4\d{2}p?|yuyv422|uyvy422|yvyu422|uyyvyy411|nv\d+|gray|ya8|pal8|gbra?p|(rgb|bgr)24|[argb0]{4})$/;

/**
 * Bits per component of an ffmpeg pixel format such as `yuv420p10le` or `p010le`; null for formats with uneven
 * components and unknown names.
 */
export function bitDepthOfPixelFormat(pixelFormat: string | null): number | null {
  if (pixelFormat === null) return null;
  const name = pixelFormat.replace(/(le|be)$/, '');
  const named = NAMED_DEPTHS[name];
  if (named !== undefined) return named;
  const semiPlanar = /^p[0-4](\d{2})$/.exec(name);
  const planar = /^(?:yuva?4\d{2}p|gbra?p|gray|xyz|bayer_[rgb]{4})(\d{1,2})$/.exec(name);
  const depth = semiPlanar?.[1] ?? planar?.[1];
  if (depth !== undefined) return Number(depth);
  return EIGHT_BIT.test(name) ? 8 : null;
}
