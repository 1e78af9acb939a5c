import {
  ArrowDownWideNarrow,
  ArrowUpNarrowWide,
  Check,
  ChevronDown,
  LayoutGrid,
  Rows3,
} from 'lucide-react';
import { DropdownMenu, Slider, ToggleGroup } from 'radix-ui';
import type { SortKey } from '../../../shared/video-query';
import { useApp } from '../../services';
import { IconButton } from '../../ui/icon-button';
import { MENU_CONTENT, MENU_ITEM } from '../../ui/menu';
import { SearchField } from './search-field';
import { TILE_SIZE, type ViewMode } from './view-slice';

const SORT_NAMES: Readonly<Record<SortKey, string>> = {
  name: 'Name',
  folder: 'Folder',
  added: 'Date added',
  modified: 'Date modified',
  duration: 'Duration',
  size: 'Size',
  resolution: 'Resolution',
  frameRate: 'Frame rate',
  bitRate: 'Bit rate',
  videoCodec: 'Video codec',
};

/** Search, order and looks of the shown videos; the least needed give way when there is no room. */
export function BrowserTools() {
  const mode = useApp((state) => state.mode);
  return (
    <div className="no-drag flex shrink-0 items-center gap-1.5">
      {mode === 'grid' && <TileSizeSlider />}
      <SortMenu />
      <ModeToggle />
      <SearchField />
    </div>
  );
}

function SortMenu() {
  const sort = useApp((state) => state.sort);
  const descending = useApp((state) => state.descending);
  const sortBy = useApp((state) => state.sortBy);
  const setDescending = useApp((state) => state.setDescending);
  return (
    <div className="flex items-center">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          aria-label={`Sort by: ${SORT_NAMES[sort]}`}
          className="inline-flex h-7 items-center gap-1 rounded-panel px-2 text-muted transition hover:bg-surface-2 hover:text-text data-[state=open]:bg-surface-2"
        >
          {SORT_NAMES[sort]}
          <ChevronDown aria-hidden className="size-3.5!" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className={MENU_CONTENT} align="end" sideOffset={4}>
            <DropdownMenu.RadioGroup
              value={sort}
              onValueChange={(value) => {
                if (value !== sort) sortBy(value as SortKey);
              }}
            >
              {(Object.keys(SORT_NAMES) as SortKey[]).map((key) => (
                <DropdownMenu.RadioItem key={key} value={key} className={`${MENU_ITEM} pl-8`}>
                  <DropdownMenu.ItemIndicator className="absolute left-2 flex">
                    <Check aria-hidden />
                  </DropdownMenu.ItemIndicator>
                  {SORT_NAMES[key]}
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <IconButton
        icon={descending ? ArrowDownWideNarrow : ArrowUpNarrowWide}
        label={descending ? 'Descending' : 'Ascending'}
        onClick={() => setDescending(!descending)}
      />
    </div>
  );
}

function ModeToggle() {
  const mode = useApp((state) => state.mode);
  const setMode = useApp((state) => state.setMode);
  const item =
    'inline-flex size-6 items-center justify-center rounded-badge text-muted transition hover:text-text data-[state=on]:bg-surface-2 data-[state=on]:text-text';
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="View"
      value={mode}
      onValueChange={(value) => {
        if (value !== '') setMode(value as ViewMode);
      }}
      className="flex rounded-panel border border-line p-px"
    >
      <ToggleGroup.Item value="grid" aria-label="Grid" title="Grid" className={item}>
        <LayoutGrid aria-hidden />
      </ToggleGroup.Item>
      <ToggleGroup.Item value="table" aria-label="Table" title="Table" className={item}>
        <Rows3 aria-hidden />
      </ToggleGroup.Item>
    </ToggleGroup.Root>
  );
}

function TileSizeSlider() {
  const tileSize = useApp((state) => state.tileSize);
  const setTileSize = useApp((state) => state.setTileSize);
  return (
    <Slider.Root
      min={TILE_SIZE.min}
      max={TILE_SIZE.max}
      step={4}
      value={[tileSize]}
      onValueChange={([value]) => {
        if (value !== undefined) setTileSize(value);
      }}
      className="relative mx-2 hidden h-7 w-20 touch-none items-center @3xl:flex"
    >
      <Slider.Track className="relative h-0.5 flex-1 rounded-full bg-line">
        <Slider.Range className="absolute h-full rounded-full bg-muted" />
      </Slider.Track>
      <Slider.Thumb
        aria-label="Tile size"
        className="block size-3 rounded-full bg-text transition hover:scale-110"
      />
    </Slider.Root>
  );
}
