import type { SortKey } from '../shared/video-query';
import type { CursorValues } from './cursor';

type Column = { column: string; index: string; nullable: boolean };

/** Every order but that by folder is one indexed column with the ID behind it. */
const COLUMNS: Readonly<Record<Exclude<SortKey, 'folder'>, Column>> = {
  name: { column: 'v.name_key', index: 'videos_by_name', nullable: false },
  added: { column: 'v.added_at', index: 'videos_by_added', nullable: false },
  modified: { column: 'v.mtime_ms', index: 'videos_by_modified', nullable: false },
  duration: { column: 'v.duration_us', index: 'videos_by_duration', nullable: true },
  size: { column: 'v.size_bytes', index: 'videos_by_size', nullable: false },
  resolution: { column: 'v.pixels', index: 'videos_by_resolution', nullable: true },
  frameRate: { column: 'v.frame_rate', index: 'videos_by_frame_rate', nullable: true },
  bitRate: { column: 'v.bit_rate', index: 'videos_by_bit_rate', nullable: true },
  videoCodec: { column: 'v.video_codec', index: 'videos_by_codec', nullable: true },
};

/** CROSS JOIN keeps SQLite from turning the loops around, which would cost a sort. */
const FOLDER_OF_VIDEO = 'CROSS JOIN folders f ON f.id = v.folder_id';
const BY_FOLDER =
  'folders f INDEXED BY folders_by_key CROSS JOIN videos v INDEXED BY videos_by_folder ON v.folder_id = f.id';

/**
 * A stretch of an order that one index gives without sorting. An order is a few stretches after one another, because
 * rows without a value come last in both directions, and those with the same value are gone through by their IDs.
 */
export interface Stretch {
  /** Provides the table `v` (videos), and `f` (folders) where the order is one of folders. */
  from: string;
  /** What has to follow for `f` in any case. */
  folder: string;
  where: string[];
  orderBy: string;
  parameters: CursorValues;
}

/** The columns that make up a place in the order, the ID last. */
export function placeColumns(sort: SortKey): string[] {
  return sort === 'folder'
    ? ['f.path_key', 'f.id', 'v.name_key', 'v.id']
    : [COLUMNS[sort].column, 'v.id'];
}

/** The stretches that lie behind a place, or all of them. */
export function stretchesAfter(
  sort: SortKey,
  descending: boolean,
  after: CursorValues | null,
): Stretch[] {
  if (sort === 'folder') return byFolder(descending, after);
  return byColumn(COLUMNS[sort], descending, after);
}

function byColumn(
  { column, index, nullable }: Column,
  descending: boolean,
  after: CursorValues | null,
): Stretch[] {
  const [value, id = 0] = after ?? [];
  const from = `videos v INDEXED BY ${index}`;
  const operator = descending ? '<' : '>';
  const stretch = (where: string[], columns: string[], parameters: CursorValues): Stretch => ({
    from,
    folder: FOLDER_OF_VIDEO,
    where,
    orderBy: orderBy(columns, descending),
    parameters,
  });
  const known = stretch(nullable ? [`${column} IS NOT NULL`] : [], [column, 'v.id'], []);
  const unknown = stretch([`${column} IS NULL`], ['v.id'], []);
  if (nullable && value === null) return [beyond(unknown, ['v.id'], operator, [id])];
  const rest = nullable ? [unknown] : [];
  if (value === undefined || value === null) return [known, ...rest];
  return [
    // Apart, since (value, ID) > (?, ?) would look at every video with the value, and there may be very many.
    stretch([`${column} = ?`, `v.id ${operator} ?`], ['v.id'], [value, id]),
    stretch([`${column} ${operator} ?`], [column, 'v.id'], [value]),
    ...rest,
  ];
}

function byFolder(descending: boolean, after: CursorValues | null): Stretch[] {
  const operator = descending ? '<' : '>';
  const folders: Stretch = {
    from: BY_FOLDER,
    folder: '',
    where: [],
    orderBy: orderBy(['f.path_key', 'f.id', 'v.name_key', 'v.id'], descending),
    parameters: [],
  };
  if (!after) return [folders];
  const [key = '', folderId = 0, nameKey = '', id = 0] = after;
  const restOfFolder: Stretch = {
    from: 'videos v INDEXED BY videos_by_folder',
    folder: FOLDER_OF_VIDEO,
    where: ['v.folder_id = ?'],
    orderBy: orderBy(['v.name_key', 'v.id'], descending),
    parameters: [folderId],
  };
  return [
    beyond(restOfFolder, ['v.name_key', 'v.id'], operator, [nameKey, id]),
    beyond(folders, ['f.path_key', 'f.id'], operator, [key, folderId]),
  ];
}

function beyond(
  stretch: Stretch,
  columns: string[],
  operator: '<' | '>',
  values: CursorValues,
): Stretch {
  const marks = columns.map(() => '?').join(', ');
  return {
    ...stretch,
    where: [...stretch.where, `(${columns.join(', ')}) ${operator} (${marks})`],
    parameters: [...stretch.parameters, ...values],
  };
}

function orderBy(columns: string[], descending: boolean): string {
  return columns.map((column) => (descending ? `${column} DESC` : column)).join(', ');
}

/**
 * The IDs of a stretch, whose parameters are the statement's. It reads indexes and nothing else, and nothing is sorted.
 * @param condition that a video must meet, on the table `v`; it costs a look at the row
 */
export function idsSql({ from, where, orderBy }: Stretch, condition?: string): string {
  const all = condition === undefined ? where : [...where, condition];
  const conditions = all.length === 0 ? '' : `WHERE ${all.join(' AND ')} `;
  return `SELECT v.id FROM ${from} ${conditions}ORDER BY ${orderBy}`;
}

/** The order as an ORDER BY of the tables `v` and `f`, for videos that are too few to read a whole order for. */
export function sortSql(sort: SortKey, descending: boolean): string {
  const columns = placeColumns(sort);
  const unknownLast = sort !== 'folder' && COLUMNS[sort].nullable ? `${columns[0]} IS NULL, ` : '';
  return unknownLast + orderBy(columns, descending);
}
