import { Search, X } from 'lucide-react';
import { type ChangeEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { useApp } from '../../services';
import { classes } from '../../ui/classes';
import { TEXT_FIELD } from '../../ui/text-field';
import { shortcutLabel } from '../commands/shortcuts';
import { focusVideoList } from './video-list-focus';

/** How long typing may rest before the videos follow, in milliseconds: one answer per burst of keys. */
const SEARCH_DELAY_MS = 100;

/** Searches the shown place. Each key is in the field at once; the query follows. */
export function SearchField() {
  const platform = useApp((state) => state.info?.platform);
  const searchText = useApp((state) => state.searchText);
  const setSearchText = useApp((state) => state.setSearchText);
  const applySearch = useApp((state) => state.applySearch);
  const clearSearch = useApp((state) => state.clearSearch);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useSearchFocus();

  useEffect(() => () => clearTimeout(timer.current), []);

  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    setSearchText(event.target.value);
    clearTimeout(timer.current);
    timer.current = setTimeout(applySearch, SEARCH_DELAY_MS);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      focusVideoList();
    }
    // Escape goes on to the window's shortcut, which takes the next step back.
    if (event.key === 'Escape' && searchText === '') focusVideoList();
  };

  return (
    <search className="relative">
      <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 text-muted" />
      <input
        ref={input}
        type="text"
        aria-label="Search videos"
        placeholder="Search"
        title={`Search names and folders (${shortcutLabel('F', platform)})`}
        spellCheck={false}
        maxLength={500}
        value={searchText}
        onChange={onChange}
        onKeyDown={onKeyDown}
        className={classes(TEXT_FIELD, 'w-36 pr-7 pl-8 @2xl:w-48 @5xl:w-60')}
      />
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
    </search>
  );
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
