import { useApp, useServices } from '../../services';
import { applyEdit } from './edits';
import { NameChips } from './name-chips';

/** A video's tags; several at once are written with commas. */
export function TagEditor({ videoId, names }: { videoId: number; names: readonly string[] }) {
  const services = useServices();
  const tags = useApp((state) => state.tags);
  const selection = { ids: [videoId] };
  const add = async (written: string) => {
    const wanted = written
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    if (wanted.length === 0) return false;
    return applyEdit(services, { type: 'addTags', selection, tags: wanted });
  };
  const remove = (name: string) => {
    const tagIds = tags.filter((tag) => tag.name === name).map(({ id }) => id);
    if (tagIds.length > 0) void applyEdit(services, { type: 'removeTags', selection, tagIds });
  };
  return (
    <NameChips
      label="Tags"
      addLabel="Add a tag"
      removeLabel="Remove the tag"
      names={names}
      known={tags.map(({ name }) => name)}
      onAdd={add}
      onRemove={remove}
    />
  );
}

/** The collections that a video is in. A name that none has yet makes a new one. */
export function CollectionEditor({
  videoId,
  names,
}: {
  videoId: number;
  names: readonly string[];
}) {
  const services = useServices();
  const collections = useApp((state) => state.collections);
  const selection = { ids: [videoId] };
  const named = (name: string) =>
    collections.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  const add = (written: string) => {
    const known = named(written);
    return applyEdit(
      services,
      known
        ? { type: 'addToCollection', collectionId: known.id, selection }
        : { type: 'createCollection', name: written.trim(), selection },
    );
  };
  const remove = (name: string) => {
    const collectionId = named(name)?.id;
    if (collectionId === undefined) return;
    void applyEdit(services, { type: 'removeFromCollection', collectionId, selection });
  };
  return (
    <NameChips
      label="Collections"
      addLabel="Add to a collection"
      removeLabel="Take out of the collection"
      names={names}
      known={collections.map(({ name }) => name)}
      onAdd={add}
      onRemove={remove}
    />
  );
}
