import { BookmarkPlus } from 'lucide-react';
import { useState } from 'react';
import { useServices } from '../../services';
import { showError } from '../../ui/error-toast';
import { NameDialog } from '../../ui/name-dialog';
import { showNotice } from '../../ui/notice-toast';

/** Keeps a query in the sidebar, under a name. */
export function SaveFilterButton({ query }: { query: string }) {
  const { api } = useServices();
  const [isNaming, setNaming] = useState(false);
  const save = (name: string) =>
    api.savedFilters
      .save({ name, query })
      .then(() => showNotice(`“${name}” is kept in the sidebar.`), showError);
  return (
    <>
      <button
        type="button"
        aria-label="Save this search"
        title="Save this search"
        onClick={() => setNaming(true)}
        className="absolute top-1 right-6 flex size-5 items-center justify-center rounded-badge text-muted hover:text-text"
      >
        <BookmarkPlus aria-hidden className="size-3.5!" />
      </button>
      <NameDialog
        open={isNaming}
        title="Save this search"
        name={query}
        confirm="Save"
        onConfirm={(name) => void save(name)}
        onClose={() => setNaming(false)}
      />
    </>
  );
}
