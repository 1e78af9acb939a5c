import { VitrineError } from '../../shared/errors';
import { type Filmstrip, filmstripSchema } from '../../shared/preview';
import type { Connection } from '../connection';

/** How the sprite image of a video lies. @throws VIDEO_NOT_FOUND, PREVIEW_NOT_FOUND there is none */
export function getFilmstrip(database: Connection, { id }: { id: number }): Filmstrip {
  const row = database
    .prepare<[number], { filmstrip: string | null }>(`
      SELECT p.filmstrip FROM videos v JOIN roots r ON r.id = v.root_id
        LEFT JOIN video_previews vp ON vp.video_id = v.id LEFT JOIN previews p ON p.id = vp.preview_id
      WHERE v.id = ? AND r.removed_at IS NULL`)
    .get(id);
  if (!row) {
    throw new VitrineError('VIDEO_NOT_FOUND', `There is no video the number ${id} in the library.`);
  }
  if (row.filmstrip === null) {
    throw new VitrineError('PREVIEW_NOT_FOUND', `The video ${id} has no filmstrip.`);
  }
  return filmstripSchema.parse(JSON.parse(row.filmstrip));
}
