import { X } from 'lucide-react';

/** The added extensions. The keyboard goes on to the next one when one is removed. */
export function ExtensionChips({
  extensions,
  onRemove,
  onNoneLeft,
}: {
  extensions: readonly string[];
  onRemove: (extension: string) => void;
  /** The last one is being removed: the keyboard needs another place. */
  onNoneLeft: () => void;
}) {
  if (extensions.length === 0) return null;

  const remove = (extension: string, chip: Element | null) => {
    const neighbour = chip?.nextElementSibling ?? chip?.previousElementSibling;
    const next = neighbour?.querySelector('button');
    if (next) next.focus();
    else onNoneLeft();
    onRemove(extension);
  };

  return (
    <ul aria-label="Added extensions" className="mt-3 flex flex-wrap gap-2">
      {extensions.map((extension) => (
        <li
          key={extension}
          data-testid="extension-chip"
          className="flex h-7 items-center gap-0.5 rounded-panel border border-line bg-surface-1 pr-px pl-2"
        >
          <span className="select-text">{extension}</span>
          <button
            type="button"
            aria-label={`Remove ${extension}`}
            title={`Remove ${extension}`}
            onClick={(event) => remove(extension, event.currentTarget.closest('li'))}
            className="flex size-6 items-center justify-center rounded-badge text-muted transition-colors hover:bg-surface-2 hover:text-text"
          >
            <X aria-hidden className="size-3.5!" />
          </button>
        </li>
      ))}
    </ul>
  );
}
