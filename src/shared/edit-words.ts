import type { EditDescription } from './edit';

/** An edit as a menu names it: `Tag 3 videos “holiday”`. @param locale of numbers; the system's unless given */
export function editWords(edit: EditDescription, locale?: string): string {
  const videosOf = ({ videos }: { videos: number }) => countOf(videos, 'video', locale);
  switch (edit.type) {
    case 'addTags':
      return `Tag ${videosOf(edit)} ${quoted(edit.tags)}`;
    case 'removeTags':
      return `Take ${quoted(edit.tags)} off ${videosOf(edit)}`;
    case 'rate':
      return edit.rating === null
        ? `Take the rating of ${videosOf(edit)} away`
        : `Rate ${videosOf(edit)} ${countOf(edit.rating, 'star', locale)}`;
    case 'label':
      return edit.label === null
        ? `Take the label of ${videosOf(edit)} away`
        : `Label ${videosOf(edit)} ${edit.label}`;
    case 'favourite':
      return edit.favourite
        ? `Add ${videosOf(edit)} to the favourites`
        : `Take ${videosOf(edit)} out of the favourites`;
    case 'note':
      return edit.cleared ? `Delete the note of ${videosOf(edit)}` : `Note on ${videosOf(edit)}`;
    case 'createTag':
      return `Create the tag ${quoted([edit.name])}`;
    case 'renameTag':
      return `Rename the tag ${quoted([edit.from])} to ${quoted([edit.to])}`;
    case 'colourTag':
      return `Colour the tag ${quoted([edit.name])}`;
    case 'mergeTags':
      return `Merge the tags ${quoted(edit.tags)} into ${quoted([edit.into])}`;
    case 'removeTag':
      return `Remove the tag ${quoted([edit.name])}`;
    case 'createCollection':
      return `Create the collection ${quoted([edit.name])}`;
    case 'renameCollection':
      return `Rename the collection ${quoted([edit.from])} to ${quoted([edit.to])}`;
    case 'removeCollection':
      return `Remove the collection ${quoted([edit.name])}`;
    case 'moveCollection':
      return `Move the collection ${quoted([edit.name])}`;
    case 'addToCollection':
      return `Add ${videosOf(edit)} to ${quoted([edit.name])}`;
    case 'removeFromCollection':
      return `Take ${videosOf(edit)} out of ${quoted([edit.name])}`;
    case 'moveInCollection':
      return `Move ${videosOf(edit)} in ${quoted([edit.name])}`;
    case 'import':
      return `Import user data of ${videosOf(edit)}`;
  }
}

function countOf(count: number, noun: string, locale?: string): string {
  return `${new Intl.NumberFormat(locale).format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ');
}
