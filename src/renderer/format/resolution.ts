/** Names of picture sizes, largest first, by the edges that earn them. */
const CLASSES = [
  { name: '8K', long: 7680, short: 4320 },
  { name: '6K', long: 6016, short: 3384 },
  { name: '5K', long: 5120, short: 2880 },
  { name: '4K', long: 3840, short: 2160 },
  { name: '1440p', long: 2560, short: 1440 },
  { name: '1080p', long: 1920, short: 1080 },
  { name: '720p', long: 1280, short: 720 },
  { name: '576p', long: 1024, short: 576 },
  { name: '480p', long: 854, short: 480 },
  { name: '360p', long: 640, short: 360 },
] as const;

/**
 * What people call a picture of this size: `4K`, `1080p`; the size itself where it has no such name.
 * Either edge earns the name, so that wide-screen (1920 × 800), anamorphic (1440 × 1080) and portrait pictures
 * are called what their owners call them.
 */
export function resolutionClass(width: number, height: number): string {
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  const found = CLASSES.find((entry) => long >= entry.long || short >= entry.short);
  return found?.name ?? formatDimensions(width, height);
}

/** `1920 × 1080` */
export function formatDimensions(width: number, height: number): string {
  return `${width} × ${height}`;
}

/** `16:9` and its like for pictures that people know by their ratio, else `1.9:1`. */
export function formatAspect(width: number, height: number): string {
  const ratio = width / height;
  const known = KNOWN_ASPECTS.find(([a, b]) => Math.abs(a / b - ratio) < 0.005);
  return known ? `${known[0]}:${known[1]}` : `${ratio.toFixed(2)}:1`;
}

const KNOWN_ASPECTS: readonly (readonly [number, number])[] = [
  [16, 9],
  [4, 3],
  [9, 16],
  [3, 4],
  [1, 1],
  [3, 2],
  [2, 3],
  [21, 9],
  [5, 4],
];
