import { useEffect, useRef } from 'react';
import type { Suggestion } from '../../../shared/query/completion';
import { formatCount } from '../../format/number';
import { classes } from '../../ui/classes';

/** What may be meant, below the search field. The keyboard stays in the field. */
export function SuggestionList({
  id,
  suggestions,
  active,
  onChoose,
}: {
  id: string;
  suggestions: readonly Suggestion[];
  active: number | null;
  onChoose: (suggestion: Suggestion) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active !== null) list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Suggestions"
      className="floating absolute top-8 right-0 z-50 max-h-80 w-80 overflow-y-auto p-1"
    >
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the keyboard stays in the field, which names the active one
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
        <div
          key={`${suggestion.type} ${suggestion.insert}`}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          // Not by a click: that would take the keyboard out of the field first.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(suggestion)}
          className={classes(
            'flex items-baseline gap-2 rounded-badge px-2 py-1',
            index === active ? 'bg-surface-2' : 'hover:bg-surface-2',
          )}
        >
          <span className="shrink-0 font-medium">{suggestion.label}</span>
          <span className="min-w-0 flex-1 truncate text-small text-muted">{suggestion.about}</span>
          {suggestion.count !== null && (
            <span className="text-small text-muted tabular-nums">
              {formatCount(suggestion.count)}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

/** For `aria-activedescendant`. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}
