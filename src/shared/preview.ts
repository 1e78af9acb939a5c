import { z } from 'zod';

/** Pictures of a filmstrip at most. */
export const MAX_FILMSTRIP_FRAMES = 25;

/** Name of a preview's files, and of it in `media://preview/<token>/…`: random, so that nobody guesses it. */
export const previewTokenSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** What is kept of a video: the picture that stands for it, and the sprite image of its filmstrip. */
export const PREVIEW_IMAGES = ['poster', 'filmstrip'] as const;
export type PreviewImage = (typeof PREVIEW_IMAGES)[number];

/** Media type of both images. */
export const PREVIEW_IMAGE_TYPE = 'image/webp';

/** Where an image lies in the cache's folder, with `/` between names. */
export function previewFile(token: string, image: PreviewImage): string {
  return `${token.slice(0, 2)}/${token}.${image}.webp`;
}

/** How the pictures of a sprite image lie: left to right, then down. Sizes in pixels of the image. */
export const filmstripSchema = z.object({
  columns: z.number().int().positive(),
  frameWidth: z.number().int().positive(),
  frameHeight: z.number().int().positive(),
  /** What each picture shows, in seconds from the start of the video, ascending. */
  times: z.array(z.number()).min(1).max(MAX_FILMSTRIP_FRAMES),
});
export type Filmstrip = z.infer<typeof filmstripSchema>;

/** The picture that stands for a video. Size in pixels of the image, as displayed. */
export interface Poster {
  width: number;
  height: number;
  /** When the video shows it, in seconds. */
  atSeconds: number;
}

/** Where a video's pictures are: `media://preview/<poster>/poster` and `media://preview/<filmstrip>/filmstrip`. */
export const previewSchema = z.object({
  poster: previewTokenSchema,
  /** Null where the video is a single picture. */
  filmstrip: previewTokenSchema.nullable(),
});
export type Preview = z.infer<typeof previewSchema>;

/** How much of the machine previews may use. */
export const PREVIEW_SHARES = ['low', 'medium', 'high'] as const;
export type PreviewShare = (typeof PREVIEW_SHARES)[number];

/** What the pictures take on the disk. */
export const previewCacheSchema = z.object({
  bytes: z.number(),
  /** Videos' pictures that are kept. */
  count: z.number(),
  /** Videos that have none yet and could have some. */
  due: z.number(),
  /** Videos that have a poster and wait for their filmstrip. */
  withoutFilmstrip: z.number(),
});
export type PreviewCache = z.infer<typeof previewCacheSchema>;
