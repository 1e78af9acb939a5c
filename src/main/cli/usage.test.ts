import { describe, expect, it } from 'vitest';
import { QUERY_FIELDS } from '../../shared/query/fields';
import { helpText, parseCommand, USAGE, UsageError } from './usage';

describe('parseCommand', () => {
  it('reads each command with its options', () => {
    expect(parseCommand(['scan', 'a', 'b', '--library', '/l', '--json'])).toEqual({
      name: 'scan',
      acceptMissing: false,
      folders: ['a', 'b'],
      libraryPath: '/l',
      json: true,
    });
    expect(parseCommand(['scan', 'a', '--accept-missing'])).toMatchObject({ acceptMissing: true });
    expect(parseCommand(['list', '--query', 'beach', '--limit', '5'])).toMatchObject({
      query: 'beach',
      limit: 5,
    });
    expect(parseCommand(['list'])).toMatchObject({ query: '', limit: Number.POSITIVE_INFINITY });
    expect(parseCommand(['facets', '--query', 'beach'])).toMatchObject({ query: 'beach' });
    expect(parseCommand(['show', '12'])).toMatchObject({ name: 'show', video: '12' });
    expect(parseCommand(['verify', 'a', 'b.mp4'])).toMatchObject({ paths: ['a', 'b.mp4'] });
    expect(parseCommand(['jobs', '--json'])).toMatchObject({ name: 'jobs', json: true });
    expect(parseCommand(['problems'])).toMatchObject({ name: 'problems', retry: false });
    expect(parseCommand(['problems', '--retry'])).toMatchObject({ retry: true });
    expect(parseCommand(['export', '--format', 'm3u'])).toMatchObject({ format: 'm3u', query: '' });
    expect(parseCommand(['export', '--format', 'user-data'])).toMatchObject({
      name: 'export',
      format: 'user-data',
    });
    expect(parseCommand(['import', 'a.json'])).toMatchObject({ name: 'import', file: 'a.json' });
    expect(parseCommand(['backups', '--json'])).toMatchObject({ name: 'backups', json: true });
    expect(parseCommand(['restore', 'latest'])).toMatchObject({
      name: 'restore',
      backup: 'latest',
    });
  });
  it('reads filters: several values of a facet, numbers, and what is not known', () => {
    const filters = ['videoCodec=h264', 'videoCodec=hevc', 'resolution=2160', 'hdr=unknown'];
    const options = filters.flatMap((filter) => ['--filter', filter]);
    for (const name of ['list', 'facets', 'export --format json']) {
      expect(parseCommand([...name.split(' '), ...options])).toMatchObject({
        filters: { videoCodec: ['h264', 'hevc'], resolution: [2160], hdr: [null] },
      });
    }
  });
  it('takes what follows -- as a folder, dash or not', () => {
    expect(parseCommand(['scan', '--', '-odd'])).toMatchObject({ folders: ['-odd'] });
  });
  it('helps when asked, and when nothing is said', () => {
    expect(parseCommand([])).toMatchObject({ name: 'help' });
    expect(parseCommand(['scan', '--help'])).toMatchObject({ name: 'help', ofQuery: false });
    expect(parseCommand(['list', '--help'])).toMatchObject({ name: 'help', ofQuery: true });
  });
  it('says where a query is wrong, and why', () => {
    expect(() => parseCommand(['list', '--query', 'beach duration:long'])).toThrow(
      '--query, at character 16 (long): duration needs a time such as',
    );
  });
  it('documents every field of the query language', () => {
    for (const { name, about } of QUERY_FIELDS) {
      expect(helpText(true)).toContain(`  ${name}: `);
      expect(helpText(true)).toContain(about);
    }
    expect(helpText(false)).toBe(USAGE);
  });
  it.each([
    [['scan']],
    [['list', '--accept-missing']],
    [['fly']],
    [['toString']],
    [['scan', 'a', '--query', 'x']],
    [['scan', 'a', '--colour']],
    [['list', 'extra']],
    [['list', '--limit', 'many']],
    [['list', '--query', 'colour-space:red']],
    [['list', '--query', 'duration:long']],
    [['export', '--format', 'csv', '--query', '(beach']],
    [['list', '--query', 'a'.repeat(501)]],
    [['list', '--filter', 'h264']],
    [['facets', '--filter', 'colour=red']],
    [['facets', '--limit', '3']],
    [['list', '--limit', '-1']],
    [['verify']],
    [['verify', 'a', '--limit', '2']],
    [['show']],
    [['show', 'a', 'b']],
    [['export']],
    [['export', '--format', 'pdf']],
    [['export', '--format', 'user-data', '--query', 'x']],
    [['import']],
    [['import', 'a.json', 'b.json']],
    [['jobs', '--library']],
    [['jobs', '--retry']],
    [['problems', 'extra']],
    [['backups', 'latest']],
    [['restore']],
    [['restore', 'a', 'b']],
    [['restore', 'latest', '--query', 'x']],
  ])('refuses %j', (argv) => {
    expect(() => parseCommand(argv)).toThrow(UsageError);
  });
});
