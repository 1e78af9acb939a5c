import { Command as Cmdk } from 'cmdk';
import { ChevronRight, Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useApp, useServices } from '../../services';
import { useReturnedFocus } from '../../ui/use-returned-focus';
import { ALL_VIDEOS } from '../browser/view-slice';
import { type Action, type Choice, COMMAND_GROUPS, type Command } from './command';
import { availableCommands, findCommands, signatureOf } from './registry';
import { commandOf, shortcutLabel } from './shortcuts';

/** What the palette shows: all commands or those behind a choice, and what is typed. */
interface Page {
  choice: Choice | null;
  search: string;
}

const FIRST_PAGE: Page = { choice: null, search: '' };

/** Everything that can be done, found by typing. */
export function CommandPalette() {
  const services = useServices();
  const open = useApp((state) => state.paletteOpen);
  const close = useApp((state) => state.closePalette);
  const chosen = useRef<Action | null>(null);
  const [page, setPage] = useState(FIRST_PAGE);
  const { onOpenAutoFocus, onCloseAutoFocus } = useReturnedFocus(() => {
    setPage(FIRST_PAGE);
    const action = chosen.current;
    chosen.current = null;
    action?.run(services);
  });

  // A command runs when the palette is gone and the keyboard is back, since it may want the keyboard elsewhere.
  const choose = (command: Command) => {
    if ('choices' in command) return setPage({ choice: command, search: '' });
    chosen.current = command;
    close();
  };

  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => !isOpen && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear" />
        <Dialog.Content
          data-testid="palette"
          aria-describedby={undefined}
          onOpenAutoFocus={onOpenAutoFocus}
          onCloseAutoFocus={onCloseAutoFocus}
          onEscapeKeyDown={(event) => {
            if (page.choice === null) return;
            event.preventDefault();
            setPage(FIRST_PAGE);
          }}
          className="floating fixed top-[12vh] left-1/2 z-50 w-150 max-w-[90vw] -translate-x-1/2 animate-appear overflow-hidden"
        >
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          <CommandList page={page} onPage={setPage} onChoose={choose} onClose={close} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function CommandList({
  page: { choice, search },
  onPage,
  onChoose,
  onClose,
}: {
  page: Page;
  onPage: (page: Page) => void;
  onChoose: (command: Command) => void;
  onClose: () => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const isMac = useApp((state) => state.info?.platform === 'darwin');
  const available = useAvailableCommands();
  const commands = choice?.choices ?? available;
  const typed = search.trim();
  const label = choice?.title ?? 'Commands';

  // The best of what was found is at the top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page or other words show other commands
  useEffect(() => list.current?.scrollTo({ top: 0 }), [choice, typed]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (commandOf(event, isMac) === 'show-palette') {
      event.preventDefault();
      onClose();
    }
    if (event.key === 'Backspace' && search === '' && choice !== null) onPage(FIRST_PAGE);
  };

  return (
    <Cmdk label={label} shouldFilter={false} vimBindings={false} loop onKeyDown={onKeyDown}>
      <div className="flex h-11 items-center gap-3 border-b border-line px-4">
        <Search aria-hidden className="text-muted" />
        <Cmdk.Input
          value={search}
          onValueChange={(text) => onPage({ choice, search: text })}
          maxLength={500}
          placeholder={choice?.title ?? 'Type what you want to do'}
          className="min-w-0 flex-1 bg-transparent text-section outline-none select-text placeholder:text-muted"
        />
      </div>
      <Cmdk.List
        ref={list}
        label={label}
        className="max-h-[min(420px,60vh)] scroll-py-1 overflow-y-auto p-1"
      >
        {typed === '' ? (
          <GroupedEntries commands={commands} onChoose={onChoose} />
        ) : (
          <FoundEntries
            commands={findCommands(commands, typed)}
            typed={typed}
            onChoose={onChoose}
          />
        )}
      </Cmdk.List>
    </Cmdk>
  );
}

/** Follows what can be done, but not the progress of what is being done. */
function useAvailableCommands(): readonly Command[] {
  const { store } = useServices();
  const signature = useApp((state) => signatureOf(availableCommands(state)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature tells when there are others
  return useMemo(() => availableCommands(store.getState()), [store, signature]);
}

/** What is no command may be a name. */
function findCommand(text: string): Action {
  return {
    id: 'find-text',
    title: `Find videos named “${text}”`,
    group: 'Go to',
    icon: Search,
    run: ({ store }) => {
      const { openPlace, setSearchText, applySearch } = store.getState();
      openPlace(ALL_VIDEOS);
      setSearchText(text);
      applySearch();
    },
  };
}

interface EntriesProps {
  commands: readonly Command[];
  onChoose: (command: Command) => void;
}

function GroupedEntries({ commands, onChoose }: EntriesProps) {
  const groups = COMMAND_GROUPS.map((heading) => ({
    heading,
    entries: commands.filter(({ group }) => group === heading),
  })).filter(({ entries }) => entries.length > 0);
  return groups.map(({ heading, entries }) => (
    <Cmdk.Group
      key={heading}
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-label [&_[cmdk-group-heading]]:text-muted"
    >
      {entries.map((command) => (
        <Entry key={command.id} command={command} onChoose={onChoose} />
      ))}
    </Cmdk.Group>
  ));
}

function FoundEntries({ commands, typed, onChoose }: EntriesProps & { typed: string }) {
  return [...commands, findCommand(typed)].map((command) => (
    <Entry key={command.id} command={command} onChoose={onChoose} />
  ));
}

function Entry({ command, onChoose }: { command: Command; onChoose: (command: Command) => void }) {
  const platform = useApp((state) => state.info?.platform);
  const { id, title, detail, key, plainKey, icon: Icon } = command;
  const shortcut = key ? shortcutLabel(key, platform) : plainKey;
  return (
    <Cmdk.Item
      value={id}
      onSelect={() => onChoose(command)}
      className="flex h-8 items-center gap-3 rounded-badge px-3 data-[selected=true]:bg-line/70"
    >
      <Icon aria-hidden className="text-muted" />
      <span className="min-w-0 flex-1 truncate" title={title}>
        {title}
      </span>
      {detail && <span className="text-small text-muted">{detail}</span>}
      {shortcut && <span className="text-small text-muted">{shortcut}</span>}
      {'choices' in command && <ChevronRight aria-hidden className="size-3.5! text-muted" />}
    </Cmdk.Item>
  );
}
