import { describe, expect, it } from 'vitest';
import type { EditCommand } from '../../shared/edit';
import { EditLibrary } from '../testing/edit-library';

/** So that every edit of several videos is a long one. */
const SLICED = { videosOfChange: 1, fewChanges: 0 };

function setUp(limits: ConstructorParameters<typeof EditLibrary>[1] = SLICED) {
  const library = new EditLibrary(5, limits);
  const tag = (ids: number[], ...tags: string[]) =>
    edit({ type: 'addTags', selection: { ids }, tags });
  const edit = (command: EditCommand) => library.edits.edit(library.request(), command);
  const count = (table: string) =>
    library.database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  return {
    library,
    edit,
    tag,
    undo: () => library.edits.undo(library.edits.history.undo?.editId ?? 0),
    redo: () => library.edits.redo(library.edits.history.redo?.editId ?? 0),
    tagsOf: (id: number) => library.said().videos[id]?.tags,
    count,
  };
}

/** Lets the so manieth transaction of a long edit fail, once. */
function failAt(library: EditLibrary, number: number): void {
  let left = number;
  library.betweenSlices = () => {
    left -= 1;
    if (left === 0) throw new Error('disk full');
  };
}

describe('an edit that fails on its way', () => {
  it.each([2, 5, 8, 11])('at transaction %i leaves nothing behind', async (number) => {
    const { library, edit, tag, undo, count } = setUp();
    await tag([1, 2], 'kept');
    await edit({ type: 'rate', selection: { ids: [1] }, rating: 3 });
    await undo();
    const [before, history] = [library.said(), library.edits.history];
    failAt(library, number);
    await expect(tag([1, 2, 3, 4, 5], 'kept', 'new')).rejects.toThrow('disk full');
    expect(library.said()).toEqual(before);
    expect(library.edits.history).toEqual(history);
    expect(count('edits')).toBe(2);
  });

  it('when it is undone stays whole, and when it is redone stays undone', async () => {
    const { library, tag, undo, redo } = setUp();
    await tag([1, 2, 3], 'new');
    const after = library.said();
    failAt(library, 2);
    await expect(undo()).rejects.toThrow('disk full');
    expect(library.said()).toEqual(after);
    await undo();
    const before = library.said();
    failAt(library, 2);
    await expect(redo()).rejects.toThrow('disk full');
    expect(library.said()).toEqual(before);
    await redo();
    expect(library.said()).toEqual(after);
  });
});

describe('what is kept of the history', () => {
  it('is bounded in number', async () => {
    const { library, edit, undo, count } = setUp({ ...SLICED, edits: 3 });
    for (const rating of [1, 2, 3, 4, 5]) {
      await edit({ type: 'rate', selection: { ids: [1] }, rating });
    }
    await library.edits.settle();
    expect(count('edits')).toBe(3);
    expect(count('edit_changes')).toBe(3);
    for (let step = 0; step < 3; step += 1) await undo();
    expect(library.said().videos[1]?.rating).toBe(2);
    expect(library.edits.history.undo).toBeNull();
  });

  it('is bounded in bytes, but the newest edit can always be undone', async () => {
    const { library, edit, undo, count } = setUp({ ...SLICED, bytes: 100 });
    for (const letter of ['a', 'b']) {
      await edit({ type: 'note', selection: { ids: [1] }, note: letter.repeat(500) });
    }
    await library.edits.settle();
    expect(count('edits')).toBe(1);
    await undo();
    expect(library.said().videos[1]?.note).toBe('a'.repeat(500));
  });
});

describe('an edit and what a scan does meanwhile', () => {
  it('brings back a tag also to the video that got it while the tag was being removed', async () => {
    const { library, edit, tag, undo, tagsOf } = setUp();
    const { createdId } = await tag([1, 2], 'sea');
    let isGiven = false;
    library.betweenSlices = () => {
      if (isGiven) return;
      isGiven = true;
      library.database.prepare('INSERT INTO video_tags VALUES (5, ?)').run(createdId);
    };
    await edit({ type: 'removeTag', tagId: createdId ?? 0 });
    expect(tagsOf(5)).toEqual([]);
    await undo();
    expect([1, 2, 5].map(tagsOf)).toEqual([['sea'], ['sea'], ['sea']]);
  });

  it('reaches videos that go, or go on as others, between two transactions', async () => {
    const { library, tag, undo, tagsOf } = setUp();
    let slices = 0;
    library.betweenSlices = () => {
      slices += 1;
      if (slices === 8) {
        library.mergeVideo(5, 1);
        library.removeVideo(4);
      }
    };
    await tag([2, 3, 4, 5], 'sea');
    expect(slices).toBeGreaterThan(8);
    expect([1, 2, 3].map(tagsOf)).toEqual([['sea'], ['sea'], ['sea']]);
    await undo();
    expect([1, 2, 3].map(tagsOf)).toEqual([[], [], []]);
  });

  it('of a video that goes on as another takes nothing back that was said of that one', async () => {
    const { library, tag, undo, redo, tagsOf } = setUp();
    await tag([1], 'sea');
    await tag([2], 'sea', 'sun');
    library.mergeVideo(2, 1);
    await undo();
    expect(tagsOf(1)).toEqual(['sea']);
    await redo();
    expect(tagsOf(1)).toEqual(['sea', 'sun']);
    await undo();
    await undo();
    expect(tagsOf(1)).toEqual([]);
  });

  it('follows a video that goes on as another, which goes on as a third', async () => {
    const { library, tag, undo, redo, tagsOf } = setUp();
    await tag([3], 'sea');
    library.mergeVideo(3, 2);
    library.mergeVideo(2, 1);
    await undo();
    expect(tagsOf(1)).toEqual([]);
    await redo();
    expect(tagsOf(1)).toEqual(['sea']);
  });

  it('leaves no row behind that would count as something that was said', async () => {
    const { edit, undo, count } = setUp();
    await edit({ type: 'favourite', selection: { ids: [1, 2] }, favourite: true });
    await undo();
    expect(count('user_data')).toBe(0);
  });
});

describe('a command', () => {
  it.each([
    [{ type: 'removeTag', tagId: 9 }, 'TAG_NOT_FOUND'],
    [{ type: 'addTags', selection: { ids: [1] }, tags: [9] }, 'TAG_NOT_FOUND'],
    [{ type: 'mergeTags', tagIds: [1], into: 9 }, 'TAG_NOT_FOUND'],
    [{ type: 'removeCollection', collectionId: 9 }, 'COLLECTION_NOT_FOUND'],
    [{ type: 'createTag', name: '\u0301', colour: null }, 'INVALID_REQUEST'],
    [{ type: 'moveInCollection', collectionId: 1, ids: [4], before: null }, 'INVALID_REQUEST'],
    [{ type: 'moveInCollection', collectionId: 1, ids: [1], before: 4 }, 'INVALID_REQUEST'],
  ] as [EditCommand, string][])('%j is refused as %s', async (command, code) => {
    const { library, edit, tag } = setUp();
    await tag([1], 'sea');
    await edit({ type: 'createCollection', name: 'Best of', selection: { ids: [1, 2] } });
    const { history } = library.edits;
    await expect(edit(command)).rejects.toMatchObject({ code });
    expect(library.edits.history).toEqual(history);
  });

  it('puts videos between two others any number of times', async () => {
    const { library, edit } = setUp();
    const ids = [1, 2, 3, 4, 5];
    const { createdId } = await edit({
      ...{ type: 'createCollection', name: 'Best of', selection: { ids } },
    });
    const collectionId = createdId ?? 0;
    let order = ids;
    for (let round = 0; round < 60; round += 1) {
      const [first = 0, second = 0, third = 0, ...rest] = order;
      await edit({ type: 'moveInCollection', collectionId, ids: [third], before: second });
      order = [first, third, second, ...rest];
      expect(library.said().collections).toEqual([['Best of', order]]);
    }
  });
});
