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

/** Tables beside the videos' own, and what of a row may change. */
const SIDE_TABLES = {
  problems: 'dismissed_at',
  video_details: 'camera_make, camera_model',
  user_data: 'rating, label, favourite, note',
  video_tags: 'tag_id, video_id',
  collection_videos: 'collection_id, video_id',
};

/** On what {@link import('./query/video-facts').VideoFacts} holds. Names of tags and collections are not in it. */
const TRIGGERS = `
CREATE TEMP TRIGGER note_lost_video AFTER DELETE ON main.videos BEGIN SELECT note_video(old.id); END;
CREATE TEMP TRIGGER note_changed_video
  AFTER UPDATE OF root_id, folder_id, name, state, container, duration_us, width, height, rotation, frame_rate,
    video_codec, audio_codec, audio_channels, hdr, bit_depth, added_at, size_bytes, mtime_ms, recorded_at,
    bit_rate, variable_frame_rate ON main.videos
  BEGIN SELECT note_video(new.id); END;
${Object.entries(SIDE_TABLES).map(sideTriggers).join('')}
CREATE TEMP TRIGGER note_new_language AFTER INSERT ON main.streams
  WHEN new.type IN ('audio', 'subtitle') BEGIN SELECT note_video(new.video_id); END;
CREATE TEMP TRIGGER note_lost_language AFTER DELETE ON main.streams
  WHEN old.type IN ('audio', 'subtitle') BEGIN SELECT note_video(old.video_id); END;
`;

function sideTriggers([table, columns]: readonly [table: string, columns: string]): string {
  return `
CREATE TEMP TRIGGER note_new_${table} AFTER INSERT ON main.${table}
  BEGIN SELECT note_video(new.video_id); END;
CREATE TEMP TRIGGER note_lost_${table} AFTER DELETE ON main.${table}
  BEGIN SELECT note_video(old.video_id); END;
CREATE TEMP TRIGGER note_changed_${table} AFTER UPDATE OF ${columns} ON main.${table}
  BEGIN SELECT note_video(old.video_id), note_video(new.video_id); END;`;
}
