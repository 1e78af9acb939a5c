import type { SavedFilter } from '../../shared/saved-filter';
import type { Engine } from '../engine';
import type { ContractHandlers } from './gate';
import type { HandlerContext } from './handlers';

type SavedFilterHandlers = Pick<
  ContractHandlers,
  Extract<keyof ContractHandlers, `savedFilters.${string}`>
>;

/** Reads and changes the saved filters; the page is told of every change. */
export function savedFilterHandlers(
  engine: Engine,
  send: HandlerContext['send'],
): SavedFilterHandlers {
  const tell = (filters: SavedFilter[]) => send('savedFilters.onChange', { filters });
  return {
    'savedFilters.list': async () => ({ filters: await engine.ask('listSavedFilters', null) }),
    'savedFilters.save': async (filter) => {
      const { id, filters } = await engine.ask('saveFilter', filter);
      tell(filters);
      return { id };
    },
    'savedFilters.change': async (change) => {
      tell(await engine.ask('changeSavedFilter', change));
      return {};
    },
    'savedFilters.reorder': async (order) => {
      tell(await engine.ask('reorderSavedFilters', order));
      return {};
    },
    'savedFilters.remove': async (filter) => {
      tell(await engine.ask('removeSavedFilter', filter));
      return {};
    },
  };
}
