import type { LibrarySummary, Volume } from '../shared/library';
import type { Connection } from './connection';
import { RECENT_MS } from './video-filter';
import { lastName } from './video-path';

interface RootRow {
  rootId: number;
  path: string;
  online: number;
  addedAtMs: number;
  lastScanAtMs: number | null;
  unconfirmedMissing: number;
  volumeLabel: string | null;
  /** Null before the root's first scan. */
  volumeKind: Volume['kind'] | null;
}

interface CountRow {
  rootId: number;
  state: 'ok' | 'unreadable' | 'missing';
  total: number;
}

/** `dismissed` are among the unreadable ones. */
type Counts = Record<CountRow['state'] | 'dismissed', number>;

/** Counts beside the sidebar's entries, from indexes alone. */
export function summaryOfLibrary(
  database: Connection,
  now: number,
): Omit<LibrarySummary, 'libraryPath'> {
  return database.transaction(() => {
    const counts = countByRoot(database);
    const roots = database
      .prepare<[], RootRow>(`
        SELECT roots.id AS rootId, path, online, added_at AS addedAtMs, last_scan_at AS lastScanAtMs,
          unconfirmed_missing AS unconfirmedMissing, volumes.label AS volumeLabel, volumes.kind AS volumeKind
        FROM roots LEFT JOIN volumes ON volumes.id = roots.volume_id
        WHERE removed_at IS NULL ORDER BY roots.id`)
      .all()
      .map((root) => ({ root, counts: counts.get(root.rootId) ?? noVideos() }));
    const sum = (pick: (counts: Counts) => number) =>
      roots.reduce((total, { counts }) => total + pick(counts), 0);
    return {
      counts: {
        all: sum(totalOf),
        recent: countRecent(database, now),
        problems: sum(problemsOf),
        missing: sum(({ missing }) => missing),
      },
      roots: roots.map(({ root, counts }) => ({
        rootId: root.rootId,
        path: root.path,
        name: lastName(root.path),
        online: root.online === 1,
        videoCount: totalOf(counts),
        problemCount: problemsOf(counts),
        missingCount: counts.missing,
        unconfirmedMissing: root.unconfirmedMissing,
        volume: root.volumeKind && { label: root.volumeLabel, kind: root.volumeKind },
        addedAtMs: root.addedAtMs,
        lastScanAtMs: root.lastScanAtMs,
      })),
    };
  })();
}

function countByRoot(database: Connection): Map<number, Counts> {
  const counts = new Map<number, Counts>();
  const rows = database
    .prepare<[], CountRow>(`
      SELECT root_id AS rootId, state, count(*) AS total FROM videos GROUP BY root_id, state`)
    .all();
  for (const { rootId, state, total } of rows) {
    const ofRoot = counts.get(rootId) ?? noVideos();
    ofRoot[state] = total;
    counts.set(rootId, ofRoot);
  }
  for (const { rootId, total } of countDismissed(database)) {
    const ofRoot = counts.get(rootId);
    if (ofRoot) ofRoot.dismissed = total;
  }
  return counts;
}

function countDismissed(database: Connection): { rootId: number; total: number }[] {
  return database
    .prepare<[], { rootId: number; total: number }>(`
      SELECT v.root_id AS rootId, count(*) AS total
      FROM problems p INDEXED BY problems_dismissed CROSS JOIN videos v ON v.id = p.video_id
      WHERE p.dismissed_at IS NOT NULL AND v.state = 'unreadable' GROUP BY v.root_id`)
    .all();
}

/** Removed folders are rare: to subtract theirs is cheaper than to look up every row's folder. */
function countRecent(database: Connection, now: number): number {
  const row = database
    .prepare<[number, number], { total: number }>(`
      SELECT (SELECT count(*) FROM videos WHERE added_at >= ?) -
        (SELECT count(*) FROM videos
          WHERE root_id IN (SELECT id FROM roots WHERE removed_at IS NOT NULL) AND added_at >= ?) AS total`)
    .get(now - RECENT_MS, now - RECENT_MS);
  return row?.total ?? 0;
}

function noVideos(): Counts {
  return { ok: 0, unreadable: 0, missing: 0, dismissed: 0 };
}

function problemsOf({ unreadable, dismissed }: Counts): number {
  return unreadable - dismissed;
}

function totalOf({ ok, unreadable, missing }: Counts): number {
  return ok + unreadable + missing;
}
