import { MENU_COMMAND_NAMES } from '../../../shared/menu-commands';
import type { AppState } from '../../store';
import { appCommand } from './app-commands';
import type { Command } from './command';
import { folderCommands, placeCommands } from './folder-commands';
import { jobCommands } from './job-commands';
import { scoreCommand } from './match';
import { playerCommands } from './player-commands';
import { problemCommands, selectionCommands } from './video-commands';

type Needed = Pick<AppState, 'jobs' | 'summary' | 'selectedId' | 'player'>;

/** Everything that can be done now: what the palette lists. Menu and keys run the same commands by their names. */
export function availableCommands(state: Needed): Command[] {
  const { summary, selectedId, player } = state;
  // What lies behind the player cannot be seen, and so nothing is done there.
  if (player !== null) return playerCommands(player);
  const roots = summary?.roots ?? [];
  return [
    ...selectionCommands(selectedId),
    ...jobCommands(state),
    ...problemCommands(summary?.counts.problems ?? 0),
    ...placeCommands(roots),
    ...MENU_COMMAND_NAMES.filter((name) => name !== 'show-palette').map(appCommand),
    ...folderCommands(roots),
  ];
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
