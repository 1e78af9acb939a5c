import type { FilePlace, PlacedVideo } from './move-rows';
import type { FileVersion } from './scan-rows';
import type { HeldChange } from './scan-session';

/** A file that stands where its content was not known to be. */
export interface Arrival extends FilePlace, FileVersion {
  folder: string;
  /** Row that stands for the file now. */
  rowId: number;
  /** `changed`: a row whose own file was another; `elsewhere`: in another root, found since this one was seen last. */
  kind: 'new' | 'changed' | 'elsewhere';
}

export interface Move {
  video: PlacedVideo;
  arrival: Arrival;
}

/** What has to be decided and written together: everything that competes for the same contents and places. */
export interface ListingPart {
  moves: Move[];
  changes: [videoId: number, change: HeldChange][];
  /** Row IDs of new files, moved ones among them. */
  news: number[];
}
