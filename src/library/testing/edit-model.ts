import fc from 'fast-check';
import type { EditCommand } from '../../shared/edit';
import type { Said, SaidOfVideo } from './edit-library';

export const MODEL_VIDEOS = 7;
const TAGS = ['Holiday', 'to cut', 'Été'] as const;
const COLLECTIONS = ['Best of', 'Show'] as const;

/** A command that names tags and collections, as long as nobody knows their IDs. */
export type ModelCommand =
  | { type: 'addTags'; ids: number[]; tags: string[] }
  | { type: 'removeTags'; ids: number[]; tags: string[] }
  | { type: 'rate'; ids: number[]; rating: number | null }
  | { type: 'label'; ids: number[]; label: 'red' | 'blue' | null }
  | { type: 'favourite'; ids: number[]; favourite: boolean }
  | { type: 'note'; ids: number[]; note: string | null }
  | { type: 'colourTag'; tag: string; colour: 'red' | null }
  | { type: 'renameTag'; tag: string; name: string }
  | { type: 'mergeTags'; tags: string[]; into: string }
  | { type: 'removeTag'; tag: string }
  | { type: 'createCollection'; name: string; ids: number[] }
  | { type: 'renameCollection'; collection: string; name: string }
  | { type: 'removeCollection'; collection: string }
  | { type: 'moveCollection'; collection: string; before: string | null }
  | { type: 'addToCollection'; collection: string; ids: number[] }
  | { type: 'removeFromCollection'; collection: string; ids: number[] }
  | { type: 'moveInCollection'; collection: string; ids: number[]; before: number | null };

const ids = fc.uniqueArray(fc.integer({ min: 1, max: MODEL_VIDEOS }), { minLength: 1 });
const tag = fc.constantFrom(...TAGS);
const tags = fc.uniqueArray(tag, { minLength: 1, maxLength: 2 });
const collection = fc.constantFrom(...COLLECTIONS);
const is = <T extends string>(type: T) => fc.constant(type);

export const modelCommand: fc.Arbitrary<ModelCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: is('addTags'), ids, tags }) },
  fc.record({ type: is('removeTags'), ids, tags }),
  fc.record({ type: is('rate'), ids, rating: fc.constantFrom(null, 0, 3, 5) }),
  fc.record({ type: is('label'), ids, label: fc.constantFrom('red', 'blue', null) }),
  fc.record({ type: is('favourite'), ids, favourite: fc.boolean() }),
  fc.record({ type: is('note'), ids, note: fc.constantFrom('Seen', 'again', null) }),
  fc.record({ type: is('colourTag'), tag, colour: fc.constantFrom('red', null) }),
  fc.record({ type: is('renameTag'), tag, name: fc.constantFrom(...TAGS, 'HOLIDAY', 'other') }),
  fc.record({ type: is('mergeTags'), tags, into: tag }),
  fc.record({ type: is('removeTag'), tag }),
  { weight: 2, arbitrary: fc.record({ type: is('createCollection'), name: collection, ids }) },
  fc.record({ type: is('renameCollection'), collection, name: fc.constantFrom('A', 'best OF') }),
  fc.record({ type: is('removeCollection'), collection }),
  fc.record({
    type: is('moveCollection'),
    collection,
    before: fc.option(collection),
  }),
  fc.record({ type: is('addToCollection'), collection, ids }),
  fc.record({ type: is('removeFromCollection'), collection, ids }),
  fc.record({
    type: is('moveInCollection'),
    collection,
    ids,
    before: fc.option(fc.integer({ min: 1, max: MODEL_VIDEOS })),
  }),
);

const keyOf = (name: string) => name.toLowerCase().replaceAll('é', 'e');
const sameName = (name: string) => (other: string) => keyOf(other) === keyOf(name);

/**
 * What a command makes of user data, by plain objects; null where it is refused.
 */
export function commanded(said: Said, command: ModelCommand): Said | null {
  const next = structuredClone(said);
  const some = 'ids' in command ? command.ids.filter((id) => id in next.videos) : [];
  const setAll = (change: (video: SaidOfVideo) => void) => {
    for (const id of some) change(next.videos[id] as SaidOfVideo);
    return next;
  };
  const tagNamed = (name: string) => Object.keys(next.tags).find(sameName(name));
  const collectionNamed = (name: string) =>
    next.collections.findIndex(([other]) => sameName(name)(other));
  const setTags = (video: SaidOfVideo, add: string[], take: string[]) => {
    const kept = video.tags.filter((one) => !take.some(sameName(one)));
    video.tags = [...new Set([...kept, ...add.map(keyOf)])].sort();
  };
  switch (command.type) {
    case 'addTags':
      for (const name of command.tags) if (!tagNamed(name)) next.tags[name] = null;
      return setAll((video) => setTags(video, command.tags, []));
    case 'removeTags':
      if (!command.tags.every(tagNamed)) return null;
      return setAll((video) => setTags(video, [], command.tags));
    case 'rate':
      return setAll((video) => Object.assign(video, { rating: command.rating }));
    case 'label':
      return setAll((video) => Object.assign(video, { label: command.label }));
    case 'favourite':
      return setAll((video) => Object.assign(video, { favourite: command.favourite }));
    case 'note':
      return setAll((video) => Object.assign(video, { note: command.note }));
    case 'colourTag': {
      const known = tagNamed(command.tag);
      if (!known) return null;
      next.tags[known] = command.colour;
      return next;
    }
    case 'renameTag': {
      const known = tagNamed(command.tag);
      const other = tagNamed(command.name);
      if (!known || (other && other !== known)) return null;
      const colour = next.tags[known] ?? null;
      delete next.tags[known];
      next.tags[command.name] = colour;
      for (const video of Object.values(next.videos)) {
        if (video.tags.some(sameName(known))) setTags(video, [command.name], [known]);
        if (sameName(known)(command.name)) video.tags.sort();
      }
      return next;
    }
    case 'mergeTags': {
      if (![...command.tags, command.into].every(tagNamed)) return null;
      const merged = command.tags.filter((name) => !sameName(name)(command.into));
      for (const name of merged) delete next.tags[tagNamed(name) ?? ''];
      for (const video of Object.values(next.videos)) {
        if (video.tags.some((one) => merged.some(sameName(one)))) {
          setTags(video, [command.into], merged);
        }
      }
      return next;
    }
    case 'removeTag': {
      const known = tagNamed(command.tag);
      if (!known) return null;
      delete next.tags[known];
      for (const video of Object.values(next.videos)) setTags(video, [], [known]);
      return next;
    }
    case 'createCollection':
      if (collectionNamed(command.name) >= 0) return null;
      next.collections.push([command.name, some]);
      return withMembers(next);
    default:
      return collectionCommanded(next, command, collectionNamed, some);
  }
}

type CollectionCommand = Extract<ModelCommand, { collection: string }>;

function collectionCommanded(
  next: Said,
  command: CollectionCommand,
  indexOf: (name: string) => number,
  some: readonly number[],
): Said | null {
  const index = indexOf(command.collection);
  const found = next.collections[index];
  if (!found) return null;
  const [name, members] = found;
  switch (command.type) {
    case 'renameCollection': {
      const other = indexOf(command.name);
      if (other >= 0 && other !== index) return null;
      found[0] = command.name;
      return withMembers(next);
    }
    case 'removeCollection':
      next.collections.splice(index, 1);
      return withMembers(next);
    case 'moveCollection': {
      next.collections.splice(index, 1);
      const at = command.before === null ? -1 : indexOf(command.before);
      const isMeant = at >= 0 && !sameName(name)(command.before ?? '');
      next.collections.splice(isMeant ? at : next.collections.length, 0, found);
      return withMembers(next);
    }
    case 'addToCollection':
      found[1] = [...new Set([...members, ...some])];
      return withMembers(next);
    case 'removeFromCollection':
      found[1] = members.filter((id) => !some.includes(id));
      return withMembers(next);
    case 'moveInCollection': {
      const { ids: moved, before } = command;
      const known = new Set(members);
      if (![...moved, ...(before === null ? [] : [before])].every((id) => known.has(id)))
        return null;
      const end = before === null ? members.length : members.indexOf(before);
      const isOther = (id: number) => !moved.includes(id);
      found[1] = [
        ...members.slice(0, end).filter(isOther),
        ...moved,
        ...members.slice(end).filter(isOther),
      ];
      return withMembers(next);
    }
  }
}

/** Tells each video the collections that it is in. */
export function withMembers(said: Said): Said {
  for (const [id, video] of Object.entries(said.videos)) {
    video.collections = said.collections
      .filter(([, members]) => members.includes(Number(id)))
      .map(([name]) => name);
  }
  return said;
}

/** The same command with IDs, as the library has them. */
export function commandOf(
  command: ModelCommand,
  idOf: (kind: 'tag' | 'collection', name: string) => number,
): EditCommand {
  const tagIds = (names: readonly string[]) => names.map((name) => idOf('tag', name));
  switch (command.type) {
    case 'removeTags':
      return {
        type: command.type,
        selection: { ids: command.ids },
        tagIds: tagIds(command.tags),
      };
    case 'colourTag':
      return { type: command.type, tagId: idOf('tag', command.tag), colour: command.colour };
    case 'renameTag':
      return { type: command.type, tagId: idOf('tag', command.tag), name: command.name };
    case 'removeTag':
      return { type: command.type, tagId: idOf('tag', command.tag) };
    case 'mergeTags':
      return {
        type: command.type,
        tagIds: tagIds(command.tags),
        into: idOf('tag', command.into),
      };
    case 'createCollection':
      return { type: command.type, name: command.name, selection: { ids: command.ids } };
    case 'moveInCollection': {
      const { collection: name, ...rest } = command;
      return { ...rest, collectionId: idOf('collection', name) };
    }
    case 'moveCollection': {
      const { type, before } = command;
      const collectionId = idOf('collection', command.collection);
      return { type, collectionId, before: before === null ? null : idOf('collection', before) };
    }
    case 'renameCollection':
    case 'removeCollection': {
      const { collection: name, ...rest } = command;
      return { ...rest, collectionId: idOf('collection', name) };
    }
    case 'addToCollection':
    case 'removeFromCollection':
      return {
        type: command.type,
        collectionId: idOf('collection', command.collection),
        selection: { ids: command.ids },
      };
    default: {
      const { ids: chosen, ...rest } = command;
      return { ...rest, selection: { ids: chosen } };
    }
  }
}
