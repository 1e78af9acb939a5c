import { readFileSync, statSync } from 'node:fs';
import type { Colour } from '../shared/edit';
import { VitrineError } from '../shared/errors';
import {
  type ImportResult,
  USER_DATA_FORMAT,
  USER_DATA_VERSION,
  type UserDataEntry,
  type UserDataFile,
  userDataFileSchema,
} from '../shared/user-data-file';
import type { Connection } from './connection';
import { labelKey } from './edits/cells';
import { normaliseRootPath } from './video-path';

/** A file of a million videos with notes has less. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** What is to be given to videos of the library, each kind with the video's value at the same index. */
export interface ImportedUserData {
  tags: { name: string; colour: Colour | null; videoIds: number[] }[];
  /** In their order, with their videos in theirs. */
  collections: { name: string; videoIds: number[] }[];
  fields: Record<'rating' | 'label' | 'favourite' | 'note', [id: number, value: string | number][]>;
  counts: Omit<ImportResult, 'editId'>;
}

/** Finds out what a file of user data means for this library: reads only. */
export class UserDataImport {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection) {
    this.#statements = prepareStatements(database);
  }

  /** @throws FILE_NOT_FOUND, PERMISSION_DENIED, IMPORT_INVALID */
  plan(path: string): ImportedUserData {
    const file = readUserDataFile(path);
    const matched = this.#match(file.videos);
    const byContent = matched.filter(({ byContent: isByContent }) => isByContent).length;
    return {
      ...gathered(file, matched),
      counts: {
        matched: matched.length,
        matchedByContent: byContent,
        unmatched: file.videos.length - matched.length,
        kept: matched.reduce((sum, match) => sum + this.#countContradictions(match), 0),
      },
    };
  }

  /** By their places first, so that of equal files each gets its own. */
  #match(entries: readonly UserDataEntry[]): Match[] {
    const { ofPlace, ofContent } = this.#statements;
    const placed = entries.map((entry) => ({ entry, id: ofPlace.get(placeOf(entry)) ?? null }));
    const taken = new Set(placed.map(({ id }) => id));
    return placed.flatMap(({ entry, id }): Match[] => {
      if (id !== null) return [{ entry, id, byContent: false }];
      const { sizeBytes, contentHash } = entry;
      if (contentHash === null) return [];
      const equal = ofContent.all(sizeBytes, Buffer.from(contentHash, 'hex'));
      const found = equal.find((candidate) => !taken.has(candidate)) ?? equal[0];
      if (found === undefined) return [];
      taken.add(found);
      return [{ entry, id: found, byContent: true }];
    });
  }

  #countContradictions({ entry, id }: Match): number {
    const own = this.#statements.own.get(id);
    if (!own) return 0;
    const fields = ['rating', 'label', 'note'] as const;
    return fields.filter((field) => {
      const [mine, theirs] = [own[field], entry[field]];
      return mine !== null && theirs !== undefined && mine !== theirs;
    }).length;
  }
}

interface Match {
  entry: UserDataEntry;
  id: number;
  byContent: boolean;
}

function readUserDataFile(path: string): UserDataFile {
  const content = parsed(readText(path));
  const { format, version } = content as Partial<UserDataFile>;
  if (format !== USER_DATA_FORMAT) throw invalid('The file holds no user data of Vitrine.');
  if (typeof version === 'number' && version > USER_DATA_VERSION) {
    throw invalid(`The file has version ${version}; this Vitrine knows ${USER_DATA_VERSION}.`);
  }
  const file = userDataFileSchema.safeParse(content);
  if (file.success) return file.data;
  const [issue] = file.error.issues;
  throw invalid(`The file is damaged: ${issue?.path.join('.')}: ${issue?.message}`);
}

function readText(path: string): string {
  try {
    if (statSync(path).size > MOST_BYTES) throw invalid('The file is too large.');
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    switch ((thrown as NodeJS.ErrnoException).code) {
      case 'ENOENT':
        throw new VitrineError('FILE_NOT_FOUND', `There is no file ${path}.`, { path });
      case 'EACCES':
      case 'EPERM':
        throw new VitrineError('PERMISSION_DENIED', `${path} may not be read.`, { path });
      case 'EISDIR':
        throw invalid(`${path} is a folder.`);
      default:
        throw thrown;
    }
  }
}

/** An object, whatever it holds. */
function parsed(text: string): object {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null) return content;
  } catch {
    // Told below.
  }
  throw invalid('The file is no JSON object.');
}

function invalid(message: string): VitrineError {
  return new VitrineError('IMPORT_INVALID', message);
}

function placeOf({ root, path }: UserDataEntry): { root: string; folder: string; name: string } {
  const cut = path.lastIndexOf('/');
  return {
    root: normaliseRootPath(root),
    folder: cut < 0 ? '' : path.slice(0, cut),
    name: path.slice(cut + 1),
  };
}

/** Of several entries for one video the first has a say where only one can. */
function gathered(file: UserDataFile, matched: readonly Match[]): Omit<ImportedUserData, 'counts'> {
  const tags = new Map<string, ImportedUserData['tags'][number]>();
  const tagOf = (name: string, colour: Colour | null = null) => {
    const tag = tags.get(labelKey(name)) ?? { name, colour, videoIds: [] };
    tags.set(labelKey(name), tag);
    return tag;
  };
  const collections = new Map<string, { name: string; placed: [id: number, position: number][] }>();
  const collectionOf = (name: string) => {
    const collection = collections.get(labelKey(name)) ?? { name, placed: [] };
    collections.set(labelKey(name), collection);
    return collection;
  };
  for (const { name, colour } of file.tags) tagOf(name, colour);
  for (const { name } of file.collections) collectionOf(name);
  const fields = {
    rating: new Map<number, number>(),
    label: new Map<number, string>(),
    favourite: new Map<number, number>(),
    note: new Map<number, string>(),
  };
  for (const { entry, id } of matched) {
    const note = entry.note?.trim();
    if (entry.rating !== undefined) putFirst(fields.rating, id, entry.rating);
    if (entry.label !== undefined) putFirst(fields.label, id, entry.label);
    if (entry.favourite) putFirst(fields.favourite, id, 1);
    if (note) putFirst(fields.note, id, note);
    for (const name of entry.tags ?? []) tagOf(name).videoIds.push(id);
    for (const { name, position } of entry.collections ?? []) {
      collectionOf(name).placed.push([id, position]);
    }
  }
  return {
    tags: [...tags.values()].map((tag) => ({ ...tag, videoIds: [...new Set(tag.videoIds)] })),
    collections: [...collections.values()].map(({ name, placed }) => ({
      name,
      videoIds: [
        ...new Set(placed.toSorted(([, left], [, right]) => left - right).map(([id]) => id)),
      ],
    })),
    fields: {
      rating: [...fields.rating],
      label: [...fields.label],
      favourite: [...fields.favourite],
      note: [...fields.note],
    },
  };
}

function putFirst<Value>(values: Map<number, Value>, id: number, value: Value): void {
  if (!values.has(id)) values.set(id, value);
}

function prepareStatements(database: Connection) {
  type Own = Record<'rating' | 'label' | 'note', string | number | null>;
  return {
    // Of several that were at a place the one that is there.
    ofPlace: database
      .prepare<[{ root: string; folder: string; name: string }], number>(`
        SELECT v.id FROM roots r CROSS JOIN folders f ON f.root_id = r.id AND f.path = @folder
          CROSS JOIN videos v ON v.folder_id = f.id AND v.name = @name
        WHERE r.path = @root ORDER BY v.state = 'missing', v.id LIMIT 1`)
      .pluck(),
    ofContent: database
      .prepare<[number, Uint8Array], number>(`
        SELECT id FROM videos WHERE size_bytes = ? AND content_hash = ?
        ORDER BY state = 'missing', id`)
      .pluck(),
    own: database.prepare<[number], Own>(
      'SELECT rating, label, note FROM user_data WHERE video_id = ?',
    ),
  };
}
