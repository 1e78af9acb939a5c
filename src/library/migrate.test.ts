import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from './migrations';
import { initial } from './migrations/0001-initial';
import { openLibraryFile } from './open';
import { libraryFixture } from './testing/library-fixture';

const { temporaryFolder } = libraryFixture();

describe('a migration', () => {
  const second = { version: 2, sql: 'CREATE TABLE two (x)' };

  it('is run once, after a copy of the older library was made', () => {
    const directory = temporaryFolder();
    openLibraryFile(directory, 'write', [initial]).close();
    const migrated = openLibraryFile(directory, 'write', [initial, second]);
    expect(migrated.schemaVersion).toBe(2);
    migrated.close();
    openLibraryFile(directory, 'write', [initial, second]).close();
    expect(readdirSync(join(directory, 'backups'))).toEqual(['before-schema-2-from-1.sqlite']);
    const backup = new Database(join(directory, 'backups', 'before-schema-2-from-1.sqlite'));
    expect(backup.pragma('user_version', { simple: true })).toBe(1);
    backup.close();
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
