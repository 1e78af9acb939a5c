import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import type { Suggestion } from '../../../shared/query/completion';
import { useApp } from '../../services';
import { classes } from '../../ui/classes';
import { TEXT_FIELD } from '../../ui/text-field';
import { shortcutLabel } from '../commands/shortcuts';
import { QueryErrorSign } from './query-error-sign';
import { SaveFilterButton } from './save-filter-button';
import { optionId, SuggestionList } from './suggestion-list';
import { useSuggestions } from './use-suggestions';
import { useQueryErrors } from './use-video-list';
import { focusVideoList } from './video-list-focus';

/** How long typing may rest before the videos follow, in milliseconds: one answer per burst of keys. */
const SEARCH_DELAY_MS = 100;

/** Searches the shown place. Each key is in the field at once; the query, and what may be meant, follow. */
export function SearchField() {
  const platform = useApp((state) => state.info?.platform);
  const searchText = useApp((state) => state.searchText);
  const search = useApp((state) => state.search);
  const clearSearch = useApp((state) => state.clearSearch);
  const queryErrors = useQueryErrors();
  const input = useSearchFocus();
  const listId = useId();
  const suggestions = useSuggestions();
  const type = useTyping();

  const choose = ({ insert, from, to, type: kind }: Suggestion) => {
    const before = `${searchText.slice(0, from)}${insert}`;
    // A field waits for its value; behind a value comes the next term.
    const after = searchText.slice(to);
    const text = `${before}${kind === 'value' && after === '' ? ' ' : after}`;
    type(text);
    const cursor = kind === 'value' && after === '' ? text.length : before.length;
    suggestions.close();
    if (kind === 'field') suggestions.ask(text, cursor);
    requestAnimationFrame(() => input.current?.setSelectionRange(cursor, cursor));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { shown, active } = suggestions;
    const chosen = active === null ? undefined : shown[active];
    if (chosen && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const hasMoved = suggestions.move(event.key === 'ArrowDown' ? 1 : -1);
      if (!hasMoved && event.key === 'ArrowDown') focusVideoList();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      focusVideoList();
    } else if (event.key === 'Escape' && shown.length > 0) {
      // One step back is to close the list.
      event.preventDefault();
      suggestions.close();
      // Escape goes on to the window's shortcut, which takes the next step back.
    } else if (event.key === 'Escape' && searchText === '') focusVideoList();
  };

  return (
    <search className="relative">
      <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 text-muted" />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label="Search videos"
        aria-expanded={suggestions.shown.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(suggestions.active !== null && {
          'aria-activedescendant': optionId(listId, suggestions.active),
        })}
        placeholder="Search"
        title={`Search words, or fields such as codec: and tag: (${shortcutLabel('F', platform)})`}
        spellCheck={false}
        autoComplete="off"
        maxLength={500}
        value={searchText}
        onChange={({ target }) => {
          type(target.value);
          suggestions.ask(target.value, target.selectionStart ?? target.value.length);
        }}
        onKeyDown={onKeyDown}
        onBlur={suggestions.close}
        className={classes(TEXT_FIELD, 'w-36 pr-17 pl-8 @2xl:w-60 @5xl:w-80')}
      />
      <QueryErrorSign errors={search === searchText.trim() ? queryErrors : []} />
      {search !== '' && <SaveFilterButton query={search} />}
      {searchText !== '' && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={clearSearch}
          className="absolute top-1 right-1 flex size-5 items-center justify-center rounded-badge text-muted hover:text-text"
        >
          <X aria-hidden className="size-3.5!" />
        </button>
      )}
      {suggestions.shown.length > 0 && (
        <SuggestionList
          id={listId}
          suggestions={suggestions.shown}
          active={suggestions.active}
          onChoose={choose}
        />
      )}
    </search>
  );
}

/** Puts a text into the field at once; the videos follow when typing rests. */
function useTyping(): (text: string) => void {
  const setSearchText = useApp((state) => state.setSearchText);
  const applySearch = useApp((state) => state.applySearch);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (text) => {
    setSearchText(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(applySearch, SEARCH_DELAY_MS);
  };
}

/** Takes the keyboard when the shortcut asks for it, with what is in the field selected. */
function useSearchFocus() {
  const wanted = useApp((state) => state.searchFocusWanted);
  const taken = useApp((state) => state.searchFocusTaken);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!wanted) return;
    input.current?.select();
    taken();
  }, [wanted, taken]);
  return input;
}
