import type { Connection } from './connection';
import type { ChangedSince } from './reader-api';

/** Beyond, a reader reads everything anew, which costs it no more. */
const MOST_NAMED = 100_000;

/**
 * Notes which videos a writing connection changes, for readers that keep facts of videos in memory. The triggers are
 * the connection's own: no statement can forget to tell, and nothing of them is in the file.
 */
export class ChangedVideos {
  readonly #ids = new Set<number>();
  #mark = 0;
  #tooMany = false;

  constructor(database: Connection) {
    database.function('note_video', (id) => {
      this.#note(id as number);
      return null;
    });
    database.exec(TRIGGERS);
  }

  /** What changed since this was asked last. */
  take(): ChangedSince {
    const since = this.#mark;
    const ids = this.#tooMany ? null : Uint32Array.from(this.#ids);
    if (ids?.length !== 0) this.#mark += 1;
    this.#ids.clear();
    this.#tooMany = false;
    return { since, until: this.#mark, ids };
  }

  #note(id: number): void {
    if (this.#ids.size >= MOST_NAMED) this.#tooMany = true;
    else this.#ids.add(id);
  }
}

/** What {@link import('./video-columns').VideoColumns} reads. */
const TRIGGERS = `
CREATE TEMP TRIGGER note_new_video AFTER INSERT ON main.videos BEGIN SELECT note_video(new.id); END;
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
