import type { Request, Response } from '../../shared/contract';
import type { SavedFilter } from '../../shared/saved-filter';

/** The saved filters of the made-up library. */
export class FakeSavedFilters {
  readonly #onChange: (filters: SavedFilter[]) => void;
  #all: SavedFilter[] = [];
  #newest = 0;

  constructor(onChange: (filters: SavedFilter[]) => void) {
    this.#onChange = onChange;
  }

  list(): Response<'savedFilters.list'> {
    return { filters: this.#all };
  }

  save(filter: Request<'savedFilters.save'>): Response<'savedFilters.save'> {
    this.#newest += 1;
    this.#set([...this.#all, { ...filter, id: this.#newest }]);
    return { id: this.#newest };
  }

  change(change: Request<'savedFilters.change'>): Record<string, never> {
    return this.#set(this.#all.map((one) => (one.id === change.id ? { ...one, ...change } : one)));
  }

  reorder({ ids }: Request<'savedFilters.reorder'>): Record<string, never> {
    const place = ({ id }: SavedFilter) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
    return this.#set(this.#all.toSorted((a, b) => place(a) - place(b)));
  }

  remove({ id }: Request<'savedFilters.remove'>): Record<string, never> {
    return this.#set(this.#all.filter((one) => one.id !== id));
  }

  #set(filters: SavedFilter[]): Record<string, never> {
    this.#all = filters;
    this.#onChange(filters);
    return {};
  }
}
