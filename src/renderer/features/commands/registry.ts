import type { EditHistory } from '../../../shared/edit';
import { editWords } from '../../../shared/edit-words';
import { MENU_COMMAND_NAMES, type MenuCommand } from '../../../shared/menu-commands';
import { LOCALE } from '../../format/number';
import type { AppState } from '../../store';
import { appCommand } from './app-commands';
import type { Command } from './command';
import { folderCommands, placeCommands } from './folder-commands';
import { jobCommands } from './job-commands';
import { scoreCommand } from './match';
import { playerCommands } from './player-commands';
import { problemCommands, selectionCommands } from './video-commands';

type Needed = Pick<AppState, 'jobs' | 'summary' | 'selectedId' | 'player' | 'history'>;

/** Everything that can be done now: what the palette lists. Menu and keys run the same commands by their names. */
export function availableCommands(state: Needed): Command[] {
  const { summary, selectedId, player, history } = state;
  // What lies behind the player cannot be seen, and so nothing is done there.
  if (player !== null) return playerCommands(player);
  const roots = summary?.roots ?? [];
  return [
    ...selectionCommands(selectedId),
    ...jobCommands(state),
    ...problemCommands(summary?.counts.problems ?? 0),
    ...placeCommands(roots),
    ...historyCommands(history),
    ...MENU_COMMAND_NAMES.filter((name) => !NOT_LISTED.includes(name)).map(appCommand),
    ...folderCommands(roots),
  ];
}

/** Is listed already, or only where it does something. */
const NOT_LISTED: readonly MenuCommand[] = ['show-palette', 'undo', 'redo'];

/** Undo and redo, with what they take back or do again. */
function historyCommands(history: EditHistory): Command[] {
  return (['undo', 'redo'] as const).flatMap((name) => {
    const edit = history[name];
    if (edit === null) return [];
    return [{ ...appCommand(name), detail: editWords(edit.description, LOCALE) }];
  });
}

/** The commands that fit what was typed, best first; what lies behind a choice is found directly. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  return commands
    .flatMap((command) => ('choices' in command ? [command, ...command.choices] : [command]))
    .map((command) => ({
      command,
      score: scoreCommand(typed, [command.title, ...(command.keywords ?? [])]),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}

/** The same text as long as the palette would show the same. */
export function signatureOf(commands: readonly Command[]): string {
  return commands
    .map((command) => {
      const { id, title, detail = '' } = command;
      const rest = 'choices' in command ? signatureOf(command.choices) : '';
      return `${id}\n${title}\n${detail}\n${rest}`;
    })
    .join('\n');
}
