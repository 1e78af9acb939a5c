import type { Connection } from './connection';
import { IdSet } from './id-set';

/**
 * Notes which videos a writing connection changes, for readers that keep facts of videos in memory. New ones are not
 * among them: their IDs tell. The triggers are the connection's own: no statement can forget to tell, and nothing of
 * them is in the file. What a transaction noted stays noted when it is rolled back, which costs one look more.
 */
export class ChangedVideos {
  #ids = new IdSet();

  constructor(database: Connection) {
    database.function('note_video', (id) => {
      this.#ids.add(id as number);
      return null;
    });
    database.exec(TRIGGERS);
  }

  /** Videos that were changed or deleted since this was asked last. */
  take(): Uint32Array {
    const ids = this.#ids.ids();
    if (ids.length > 0) this.#ids = new IdSet();
    return ids;
  }
}

/** On what {@link import('./video-columns').VideoColumns} reads. */
const TRIGGERS = `
CREATE TEMP TRIGGER note_lost_video AFTER DELETE ON main.videos BEGIN SELECT note_video(old.id); END;
CREATE TEMP TRIGGER note_changed_video
  AFTER UPDATE OF root_id, folder_id, name, state, container, duration_us, width, height, rotation, frame_rate,
    video_codec, audio_codec, audio_channels, hdr, bit_depth, added_at ON main.videos
  BEGIN SELECT note_video(new.id); END;
CREATE TEMP TRIGGER note_new_problem AFTER INSERT ON main.problems BEGIN SELECT note_video(new.video_id); END;
CREATE TEMP TRIGGER note_lost_problem AFTER DELETE ON main.problems BEGIN SELECT note_video(old.video_id); END;
CREATE TEMP TRIGGER note_changed_problem AFTER UPDATE OF dismissed_at ON main.problems
  BEGIN SELECT note_video(new.video_id); END;
`;
