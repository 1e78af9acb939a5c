import { X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useServices } from '../../services';
import { classes } from '../../ui/classes';
import { TEXT_FIELD } from '../../ui/text-field';
import { applyEdit } from './edits';
import { useTags } from './use-tags';

/** A video's tags, and a field for one more: Enter adds it, a comma ends one of several. */
export function TagEditor({ videoId, names }: { videoId: number; names: readonly string[] }) {
  const services = useServices();
  const known = useTags();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const selection = { ids: [videoId] };

  const add = async () => {
    const tags = typed
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    if (tags.length === 0) return;
    if (await applyEdit(services, { type: 'addTags', selection, tags })) setTyped('');
  };
  const remove = (name: string) => {
    const tag = known.find((one) => one.name === name);
    if (tag) void applyEdit(services, { type: 'removeTags', selection, tagIds: [tag.id] });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') void add();
    if (event.key !== 'Escape' || typed === '') return;
    // One step back is to empty the field.
    event.preventDefault();
    setTyped('');
  };

  return (
    <div className="mt-2">
      {names.length > 0 && (
        <ul aria-label="Tags" className="mb-2 flex flex-wrap gap-1">
          {names.map((name) => (
            <li
              key={name}
              data-testid="tag-chip"
              className="flex h-6 min-w-0 items-center rounded-panel bg-surface-2 pl-2"
            >
              <span className="truncate">{name}</span>
              <button
                type="button"
                aria-label={`Remove the tag ${name}`}
                onClick={() => remove(name)}
                className="flex size-6 shrink-0 items-center justify-center rounded-panel text-muted hover:text-text"
              >
                <X aria-hidden className="size-3!" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        type="text"
        aria-label="Add a tag"
        placeholder="Add a tag"
        list={listId}
        maxLength={200}
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        className={classes(TEXT_FIELD, 'w-full px-2')}
      />
      <datalist id={listId}>
        {known
          .filter(({ name }) => !names.includes(name))
          .map(({ id, name }) => (
            <option key={id} value={name} />
          ))}
      </datalist>
    </div>
  );
}
