import { describe, expect, it } from 'vitest';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';

const { openLibrary, startService } = libraryFixture();

const save = ({ library }: TestLibrary, name: string, query = `tag:${name}`) =>
  library.call('saveFilter', { name, query });
const names = async ({ library }: TestLibrary) =>
  (await library.call('listSavedFilters', null)).map(({ name }) => name);

describe('saved filters', () => {
  it('are kept in the order in which they were saved, until they get another one', async () => {
    const library = await openLibrary();
    const { id: a } = await save(library, 'a');
    await save(library, 'b');
    const { id: c, filters } = await save(library, 'c');
    expect(filters).toMatchObject([{ name: 'a', query: 'tag:a' }, { name: 'b' }, { name: 'c' }]);
    const reordered = await library.library.call('reorderSavedFilters', { ids: [c, a] });
    expect(reordered.map(({ name }) => name)).toEqual(['c', 'a', 'b']);
    await save(library, 'd');
    expect(await names(library)).toEqual(['c', 'a', 'b', 'd']);
    await library.library.call('close', null);
    const again = startService({ directory: library.directory });
    await again.library.call('open', { directory: library.directory, mode: 'write' });
    expect(await names(again)).toEqual(['c', 'a', 'b', 'd']);
  });

  it('get another name or query, and only that', async () => {
    const library = await openLibrary();
    const { id } = await save(library, 'a');
    await library.library.call('changeSavedFilter', { id, name: 'b' });
    const filters = await library.library.call('changeSavedFilter', { id, query: 'codec:hevc' });
    expect(filters).toEqual([{ id, name: 'b', query: 'codec:hevc' }]);
  });

  it('are removed once', async () => {
    const library = await openLibrary();
    const { id } = await save(library, 'a');
    await save(library, 'b');
    await library.library.call('removeSavedFilter', { id });
    await library.library.call('removeSavedFilter', { id });
    expect(await names(library)).toEqual(['b']);
    await expect(
      library.library.call('changeSavedFilter', { id, name: 'c' }),
    ).rejects.toMatchObject({ code: 'SAVED_FILTER_NOT_FOUND' });
  });

  it('are not doubled by a call that is repeated', async () => {
    const library = await openLibrary();
    const { id } = await save(library, 'a');
    expect((await save(library, 'a')).id).toBe(id);
    expect((await save(library, 'a', 'codec:hevc')).id).not.toBe(id);
    expect(await names(library)).toEqual(['a', 'a']);
  });

  it('of a library that is open for reading cannot be changed', async () => {
    const library = await openLibrary();
    await save(library, 'a');
    const reader = startService({ directory: library.directory });
    await reader.library.call('open', { directory: library.directory, mode: 'read' });
    expect(await names(reader)).toEqual(['a']);
    await expect(save(reader, 'b')).rejects.toMatchObject({ code: 'LIBRARY_READ_ONLY' });
  });
});
