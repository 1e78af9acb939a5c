import { X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { classes } from '../../ui/classes';
import { TEXT_FIELD } from '../../ui/text-field';

/** Names that a video has, and a field for one more: Enter adds it. */
export function NameChips({
  label,
  addLabel,
  removeLabel,
  names,
  known,
  onAdd,
  onRemove,
}: {
  /** Of the list. */
  label: string;
  /** Of the field. */
  addLabel: string;
  /** Of a chip's button, before the name. */
  removeLabel: string;
  names: readonly string[];
  /** What the field proposes. */
  known: readonly string[];
  /** Answers whether it was added. */
  onAdd: (written: string) => Promise<boolean>;
  onRemove: (name: string) => void;
}) {
  const listId = useId();
  const [written, setWritten] = useState('');

  const add = async () => {
    if (written.trim() !== '' && (await onAdd(written))) setWritten('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') void add();
    if (event.key !== 'Escape' || written === '') return;
    // One step back is to empty the field.
    event.preventDefault();
    setWritten('');
  };

  return (
    <div className="mt-2">
      {names.length > 0 && (
        <ul aria-label={label} className="mb-2 flex flex-wrap gap-1">
          {names.map((name) => (
            <Chip key={name} name={name} label={removeLabel} onRemove={() => onRemove(name)} />
          ))}
        </ul>
      )}
      <input
        type="text"
        aria-label={addLabel}
        placeholder={addLabel}
        list={listId}
        maxLength={200}
        spellCheck={false}
        value={written}
        onChange={(event) => setWritten(event.target.value)}
        onKeyDown={onKeyDown}
        className={classes(TEXT_FIELD, 'w-full px-2')}
      />
      <datalist id={listId}>
        {known
          .filter((name) => !names.includes(name))
          .map((name) => (
            <option key={name} value={name} />
          ))}
      </datalist>
    </div>
  );
}

function Chip({ name, label, onRemove }: { name: string; label: string; onRemove: () => void }) {
  return (
    <li
      data-testid="name-chip"
      className="flex h-6 min-w-0 items-center rounded-panel bg-surface-2 pl-2"
    >
      <span className="truncate" title={name}>
        {name}
      </span>
      <button
        type="button"
        aria-label={`${label} ${name}`}
        onClick={onRemove}
        className="flex size-6 shrink-0 items-center justify-center rounded-panel text-muted hover:text-text"
      >
        <X aria-hidden className="size-3!" />
      </button>
    </li>
  );
}
