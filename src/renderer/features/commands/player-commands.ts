import { PLAYER_ACTION_TABLE } from '../player/player-actions';
import { PLAYER_ACTIONS, type PlayerActionName, playerKeyLabel } from '../player/player-keys';
import type { PlayerState } from '../player/player-slice';
import type { Action } from './command';

/** What can be done where nothing plays. */
const ALWAYS: readonly PlayerActionName[] = [
  'previous-video',
  'next-video',
  'toggle-full-screen',
  'close',
];

/** What can be done in the open player. */
export function playerCommands({ phase }: Pick<PlayerState, 'phase'>): Action[] {
  const cannotPlay = phase.kind === 'unplayable' || phase.kind === 'failed';
  return (cannotPlay ? ALWAYS : PLAYER_ACTIONS).map((name) => {
    const { title, icon, keywords = [], run } = PLAYER_ACTION_TABLE[name];
    return {
      id: `player:${name}`,
      title,
      group: 'Player',
      icon,
      keywords,
      plainKey: playerKeyLabel(name),
      run,
    };
  });
}
