import { Layers, ListFilter, Tag as TagIcon } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { EditCommand } from '../../../shared/edit';
import { facetTerm } from '../../../shared/query/facet-term';
import type { SavedFilter } from '../../../shared/saved-filter';
import { formatCount } from '../../format/number';
import { type Services, useApp, useServices } from '../../services';
import { showError } from '../../ui/error-toast';
import { showUndo } from '../../ui/undo-toast';
import { applyEdit, undoEdit } from '../organise/edits';
import { NamedItem } from './named-item';
import { useSavedFilters } from './saved-filters';

/** The queries that the person keeps. */
export function FilterEntries() {
  const { api } = useServices();
  const filters = useSavedFilters();
  if (filters.length === 0) return null;
  return (
    <NamedSection title="Filters">
      {filters.map((filter) => (
        <li key={filter.id}>
          <NamedItem
            icon={ListFilter}
            kind="filter"
            name={filter.name}
            detail={null}
            queryOf={() => filter.query}
            onRename={(name) => renameFilter(api, filter.id, name)}
            onRemove={() => void removeFilter(api, filter)}
          />
        </li>
      ))}
    </NamedSection>
  );
}

export function CollectionEntries() {
  const services = useServices();
  const collections = useApp((state) => state.collections);
  if (collections.length === 0) return null;
  return (
    <NamedSection title="Collections">
      {collections.map(({ id: collectionId, name, videos }) => (
        <li key={collectionId}>
          <NamedItem
            icon={Layers}
            kind="collection"
            name={name}
            detail={formatCount(videos)}
            queryOf={(one) => facetTerm('collection', one) ?? one}
            onRename={(newName) =>
              applyEdit(services, { type: 'renameCollection', collectionId, name: newName })
            }
            onRemove={() => void remove(services, { type: 'removeCollection', collectionId }, name)}
          />
        </li>
      ))}
    </NamedSection>
  );
}

export function TagEntries() {
  const services = useServices();
  const tags = useApp((state) => state.tags);
  if (tags.length === 0) return null;
  return (
    <NamedSection title="Tags">
      {tags.map(({ id: tagId, name, videos }) => (
        <li key={tagId}>
          <NamedItem
            icon={TagIcon}
            kind="tag"
            name={name}
            detail={formatCount(videos)}
            queryOf={(one) => facetTerm('tag', one) ?? one}
            onRename={(newName) => applyEdit(services, { type: 'renameTag', tagId, name: newName })}
            onRemove={() => void remove(services, { type: 'removeTag', tagId }, name)}
          />
        </li>
      ))}
    </NamedSection>
  );
}

function NamedSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mt-4 mb-1 px-2 text-label text-muted">
        {title}
      </h2>
      <ul className="space-y-px">{children}</ul>
    </section>
  );
}

/** Nothing is asked before: it can be taken back. */
async function remove(services: Services, command: EditCommand, name: string): Promise<void> {
  if (await applyEdit(services, command)) {
    showUndo(`“${name}” was removed.`, () => void undoEdit(services));
  }
}

async function renameFilter(api: Services['api'], id: number, name: string): Promise<boolean> {
  try {
    await api.savedFilters.change({ id, name });
    return true;
  } catch (thrown) {
    showError(thrown);
    return false;
  }
}

async function removeFilter(api: Services['api'], filter: SavedFilter): Promise<void> {
  const { id, name, query } = filter;
  try {
    await api.savedFilters.remove({ id });
    showUndo(
      `“${name}” was removed.`,
      () => void api.savedFilters.save({ name, query }).catch(showError),
    );
  } catch (thrown) {
    showError(thrown);
  }
}
