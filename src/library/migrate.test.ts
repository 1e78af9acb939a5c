import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { backupsFolder, listBackups } from './backups/backup-file';
import { MIGRATIONS } from './migrations';
import { initial } from './migrations/0001-initial';
import { openLibraryFile } from './open';
import { countDuePreviews } from './previews/due-videos';
import { libraryFixture } from './testing/library-fixture';

const { temporaryFolder } = libraryFixture();

describe('a migration', () => {
  const second = { version: 2, sql: 'CREATE TABLE two (x)' };

  it('is run once, after a backup of the older library was made', () => {
    const directory = temporaryFolder();
    openLibraryFile(directory, 'write', [initial]).close();
    const migrated = openLibraryFile(directory, 'write', [initial, second]);
    expect(migrated.schemaVersion).toBe(2);
    migrated.close();
    openLibraryFile(directory, 'write', [initial, second]).close();
    const [backup, ...others] = listBackups(directory);
    expect(others).toEqual([]);
    expect(backup).toMatchObject({ videoCount: 0 });
    const copy = new Database(join(backupsFolder(directory), backup?.backupId ?? ''));
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    copy.close();
  });

  it('that fails changes nothing', () => {
    const directory = temporaryFolder();
    openLibraryFile(directory, 'write', [initial]).close();
    const broken = { version: 2, sql: 'CREATE TABLE two (x); CREATE TABLE two (x)' };
    expect(() => openLibraryFile(directory, 'write', [initial, broken])).toThrow('two');
    const file = openLibraryFile(directory, 'write', [initial, second]);
    expect(file.schemaVersion).toBe(2);
    file.close();
  });

  it('has the next number', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(
      MIGRATIONS.map((_, index) => index + 1),
    );
  });
});

describe('the fifth migration', () => {
  it('leaves waiting jobs waiting for what they waited for, and knows one more reason', () => {
    const directory = temporaryFolder();
    const older = openLibraryFile(directory, 'write', MIGRATIONS.slice(0, 4));
    older.database.exec(`
      INSERT INTO jobs (job_id, kind, target, state, payload, created_at, waiting_for, not_before) VALUES
        ('1', 'scan', '/a', 'waiting', '{}', 1, 'volume', NULL),
        ('2', 'scan', '/b', 'waiting', '{}', 1, 'backoff', 7),
        ('3', 'scan', '/c', 'queued', '{}', 1, NULL, NULL)`);
    older.close();
    const file = openLibraryFile(directory, 'write', MIGRATIONS.slice(0, 5));
    const reasons = file.database.prepare('SELECT waiting_for FROM jobs ORDER BY id').pluck();
    expect(reasons.all()).toEqual(['volume', 'backoff', null]);
    file.database.exec(
      "UPDATE jobs SET state = 'waiting', waiting_for = 'power' WHERE job_id = '3'",
    );
    expect(() => file.database.exec("UPDATE jobs SET waiting_for = 'luck'")).toThrow(/CHECK/);
    file.close();
  });

  it('makes previews due of the videos that there are, but those without pictures', () => {
    const directory = temporaryFolder();
    const older = openLibraryFile(directory, 'write', MIGRATIONS.slice(0, 4));
    older.database.exec(`
      INSERT INTO roots (path, added_at) VALUES ('/a', 1);
      INSERT INTO folders (root_id, path, path_key) VALUES (1, '', '');
      INSERT INTO videos (root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state, probe_level,
        needs_probe, added_at, video_codec) VALUES
        (1, 1, 'film', '', 1, 1, 1, 'ok', 'full', 0, 1, 'h264'),
        (1, 1, 'sound', '', 1, 1, 1, 'ok', 'full', 0, 1, NULL),
        (1, 1, 'unread', '', 1, 1, 1, 'ok', 'none', 1, 1, NULL);
      INSERT INTO user_data (video_id, rating, updated_at) VALUES (1, 5, 1)`);
    older.close();
    const { database, close } = openLibraryFile(directory, 'write');
    expect(countDuePreviews(database)).toEqual([{ rootId: 1, posters: 1, filmstrips: 0 }]);
    const said = database.prepare('SELECT rating, poster_at_us, position_us FROM user_data');
    expect(said.all()).toEqual([{ rating: 5, poster_at_us: null, position_us: null }]);
    close();
  });

  it('keeps pictures as whole, and what is due, when posters come to go first', () => {
    const directory = temporaryFolder();
    const older = openLibraryFile(directory, 'write', MIGRATIONS.slice(0, 5));
    older.database.exec(`
      INSERT INTO roots (path, added_at) VALUES ('/a', 1);
      INSERT INTO folders (root_id, path, path_key) VALUES (1, '', '');
      INSERT INTO videos (root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state, probe_level,
        needs_probe, added_at, previews_due) VALUES
        (1, 1, 'shown', '', 1, 1, 1, 'ok', 'full', 0, 1, 0), (1, 1, 'lost', '', 1, 1, 1, 'ok', 'full', 0, 1, 1),
        (1, 1, 'new', '', 1, 1, 1, 'ok', 'full', 0, 1, 2);
      INSERT INTO previews (token, size_bytes, content_hash, mtime_ms, poster_at_us, poster_width, poster_height,
        bytes, made_at, used_at) VALUES ('t', 1, x'01', 1, 0, 16, 9, 500, 1, 1);
      INSERT INTO video_previews (video_id, preview_id) VALUES (1, 1);
      INSERT INTO jobs (job_id, kind, target, state, payload, phase, created_at)
        VALUES ('j', 'preview', 'previews', 'paused', '{}', 'previewing', 1)`);
    older.close();
    const { database, close } = openLibraryFile(directory, 'write');
    expect(countDuePreviews(database)).toEqual([{ rootId: 1, posters: 2, filmstrips: 0 }]);
    const preview = database.prepare('SELECT filmstrip_due, bytes FROM previews');
    expect(preview.all()).toEqual([{ filmstrip_due: 0, bytes: 500 }]);
    database.exec('UPDATE previews SET bytes = 700');
    expect(database.prepare('SELECT bytes FROM preview_totals').pluck().get()).toBe(700);
    expect(database.prepare('SELECT phase FROM jobs').pluck().get()).toBe('posters');
    close();
  });
});

describe('durability', () => {
  it('stays at synchronous = FULL after writes, on the writing connection and on reading ones', () => {
    const directory = temporaryFolder();
    const file = openLibraryFile(directory, 'write');
    const reader = openLibraryFile(directory, 'read');
    for (const { database } of [file, reader]) {
      expect(database.pragma('synchronous', { simple: true })).toBe(2);
    }
    for (let count = 0; count < 3; count += 1) {
      file.database.prepare('INSERT INTO tags (name, name_key) VALUES (?, ?)').run('t', `${count}`);
      expect(file.database.pragma('synchronous', { simple: true })).toBe(2);
    }
    expect(file.database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(file.database.pragma('foreign_keys', { simple: true })).toBe(1);
    reader.close();
    file.close();
  });
});
