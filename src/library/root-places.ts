import { VitrineError } from '../shared/errors';
import type { AwaitedRoot, LibraryApi } from '../shared/library-protocol';
import type { FolderPlace, KnownPlace, KnownRoot, SampleFile } from '../shared/root-place';
import type { Connection } from './connection';
import { pathKey } from './name-key';
import { absoluteFolder, isBelow, lastName, type RawPlace, relativePlace } from './video-path';

/** Videos by which a root is recognised on another device. */
const SAMPLES = 16;

/**
 * Stands for the identity of a volume that has none, so that jobs of one device share a lane; only until the device
 * number changes.
 */
const DEVICE_PREFIX = 'device:';

/** Which volume each root is on, and where on it. Writing methods expect to be called in a transaction. */
export class RootPlaces {
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, now: () => number) {
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  /** What a root is recognised by. @throws ROOT_NOT_FOUND */
  known(rootId: number): Omit<KnownRoot, 'acceptMissing'> {
    const place = this.placeOf(rootId);
    const knownVideos = this.#statements.present.get(rootId)?.total ?? 0;
    const readable = this.#samples(rootId, 'ok');
    const samples = readable.length > 0 ? readable : this.#samples(rootId, 'unreadable');
    return { place, knownVideos, samples };
  }

  /** A root and what it is recognised by, for whoever has to find it. @throws ROOT_NOT_FOUND */
  awaited(rootId: number): AwaitedRoot {
    return { rootId, acceptMissing: false, ...this.known(rootId) };
  }

  /** @throws ROOT_NOT_FOUND */
  placeOf(rootId: number): KnownPlace {
    const root = this.#statements.root.get(rootId);
    if (root?.isRemoved !== 0) {
      throw new VitrineError('ROOT_NOT_FOUND', `There is no folder ${rootId} in the library.`);
    }
    const { rootPath, device, volumeIdentity, pathOnVolume } = root;
    return { rootPath, device, volumeIdentity, pathOnVolume };
  }

  /** Roots whose place on their volume has the name of a folder, or that are all of their volume. */
  namedLike(path: string): RootOnVolume[] {
    const name = lastName(path).toLowerCase();
    return this.#statements.onVolumes
      .all()
      .filter(({ pathOnVolume }) => ['/', name].includes(lastName(pathOnVolume).toLowerCase()));
  }

  /** End of the root's last complete listing. */
  listedAt(rootId: number): number | null {
    return this.#statements.listedAt.get(rootId)?.listedAt ?? null;
  }

  /**
   * Keeps where a root was found; it is online. Answers whether that is news.
   * @throws ROOT_OVERLAPS when the path it was found at is, or overlaps, that of another root which is there
   */
  store(rootId: number, rootPath: string, { device, volume, pathOnVolume }: FolderPlace): boolean {
    const { identity, label, kind } = volume;
    const known = this.placeOf(rootId);
    const isElsewhere = known.rootPath !== rootPath;
    if (isElsewhere) this.#moveRoot(rootId, known.rootPath, rootPath, identity);
    const row = {
      identity: identity ?? DEVICE_PREFIX + device,
      ...{ label, kind, now: this.#now() },
    };
    const volumeId = this.#statements.putVolume.get(row)?.id ?? null;
    const { changes } = this.#statements.setPlace.run({ rootId, device, volumeId, pathOnVolume });
    return isElsewhere || changes === 1;
  }

  /** A listing of the root is complete; so many of its videos were not found and wait for the person's word. */
  markListed(rootId: number, unconfirmed: number): void {
    this.#statements.markListed.run(this.#now(), unconfirmed, rootId);
  }

  /** One of the videos that were not found has been found in another root. */
  noteFound(rootId: number): void {
    this.#statements.noteFound.run(rootId);
  }

  /** Some from all over the root: the first after each of evenly spread IDs. */
  #samples(rootId: number, state: 'ok' | 'unreadable'): SampleFile[] {
    const { first, last } = this.#statements.span.get({ rootId, state }) ?? {};
    if (first == null || last == null) return [];
    const samples = new Map<number, SampleFile>();
    for (let step = 0; step < SAMPLES; step++) {
      const id = first + Math.floor(((last - first) * step) / (SAMPLES - 1));
      const row = this.#statements.sample.get({ rootId, state, id });
      if (row) samples.set(row.id, { ...relativePlace(row), sizeBytes: row.sizeBytes });
    }
    return [...samples.values()];
  }

  /**
   * The root's volume is mounted elsewhere. Where another root had that path, on a volume that is not there any more,
   * the two change their paths: drives of one name get their mount points in the order in which they are plugged in,
   * and the other root is looked for by its volume as well.
   */
  #moveRoot(rootId: number, from: string, to: string, identity: string | null): void {
    const others = this.#statements.others.all(rootId);
    const obstacle = others.find(({ rootPath, volumeIdentity, isRemoved }) => {
      if (isRemoved === 1) return false;
      const isThere = volumeIdentity === null || volumeIdentity === identity;
      return isBelow(to, rootPath) || isBelow(rootPath, to) || (rootPath === to && isThere);
    });
    if (obstacle) {
      const message = `${from} is at ${to} now, which overlaps ${obstacle.rootPath}.`;
      throw new VitrineError('ROOT_OVERLAPS', message, { path: obstacle.rootPath });
    }
    const holder = others.find(({ rootPath }) => rootPath === to);
    // Two roots can never have one path, not even for a moment.
    const between = `${from}\0`;
    if (holder) this.#setPath(holder.rootId, to, between);
    this.#setPath(rootId, from, to);
    if (holder) this.#setPath(holder.rootId, between, from);
  }

  /** The path itself, the order of its folders, and the target by which a live scan of it is found. */
  #setPath(rootId: number, from: string, to: string): void {
    this.#statements.setPath.run(to, rootId);
    this.#statements.retarget.run({ rootId, from, to });
    for (const { id, path } of this.#statements.folders.all(rootId)) {
      this.#statements.setKey.run(pathKey(absoluteFolder(to, path)), id);
    }
  }
}

interface SampleRow extends RawPlace {
  id: number;
  sizeBytes: number;
}

type RootOnVolume = LibraryApi['procedures']['findRootsOnVolumes']['response'][number];

interface RootRow extends KnownPlace {
  rootId: number;
  isRemoved: number;
}

function prepareStatements(database: Connection) {
  const root = `SELECT roots.id AS rootId, roots.path AS rootPath, removed_at IS NOT NULL AS isRemoved, device,
      iif(volumes.identity GLOB '${DEVICE_PREFIX}*', NULL, volumes.identity) AS volumeIdentity,
      path_on_volume AS pathOnVolume
    FROM roots LEFT JOIN volumes ON volumes.id = roots.volume_id`;
  return {
    root: database.prepare<[number], RootRow>(`${root} WHERE roots.id = ?`),
    others: database.prepare<[number], RootRow>(`${root} WHERE roots.id <> ?`),
    present: database.prepare<[number], { total: number }>(
      `SELECT count(*) AS total FROM videos WHERE root_id = ? AND state IN ('ok', 'unreadable')`,
    ),
    onVolumes: database.prepare<[], RootOnVolume>(`
      SELECT rootId, volumeIdentity, pathOnVolume FROM (${root})
      WHERE isRemoved = 0 AND volumeIdentity IS NOT NULL AND pathOnVolume IS NOT NULL`),
    listedAt: database.prepare<[number], { listedAt: number | null }>(
      'SELECT listed_at AS listedAt FROM roots WHERE id = ?',
    ),
    span: database.prepare<
      [{ rootId: number; state: string }],
      { first: number | null; last: number | null }
    >(`
      SELECT (SELECT min(id) FROM videos WHERE root_id = @rootId AND state = @state) AS first,
        (SELECT max(id) FROM videos WHERE root_id = @rootId AND state = @state) AS last`),
    sample: database.prepare<[{ rootId: number; state: string; id: number }], SampleRow>(`
      SELECT v.id, f.path AS folder, f.path_bytes AS folderBytes, v.name, v.name_bytes AS nameBytes,
        v.size_bytes AS sizeBytes
      FROM videos v CROSS JOIN folders f ON f.id = v.folder_id
      WHERE v.root_id = @rootId AND v.state = @state AND v.id >= @id ORDER BY v.id LIMIT 1`),
    putVolume: database.prepare<unknown[], { id: number }>(`
      INSERT INTO volumes (identity, label, kind, last_seen_at) VALUES (@identity, @label, @kind, @now)
      ON CONFLICT (identity) DO UPDATE SET label = @label, kind = @kind, last_seen_at = @now
      RETURNING id`),
    setPlace: database.prepare(`
      UPDATE roots SET device = @device, volume_id = @volumeId, path_on_volume = @pathOnVolume, online = 1
      WHERE id = @rootId AND (device IS NOT @device OR volume_id IS NOT @volumeId
        OR path_on_volume IS NOT @pathOnVolume OR online = 0)`),
    setPath: database.prepare('UPDATE roots SET path = ? WHERE id = ?'),
    retarget: database.prepare(`
      UPDATE jobs SET target = @to WHERE root_id = @rootId AND kind = 'scan' AND target = @from
        AND state IN ('queued', 'running', 'waiting', 'paused')`),
    folders: database.prepare<[number], { id: number; path: string }>(
      'SELECT id, path FROM folders WHERE root_id = ?',
    ),
    setKey: database.prepare('UPDATE folders SET path_key = ? WHERE id = ?'),
    markListed: database.prepare(`
      UPDATE roots SET listed_at = ?, unconfirmed_missing = ?, online = 1 WHERE id = ?`),
    noteFound: database.prepare(`
      UPDATE roots SET unconfirmed_missing = unconfirmed_missing - 1
      WHERE id = ? AND unconfirmed_missing > 0`),
  };
}
