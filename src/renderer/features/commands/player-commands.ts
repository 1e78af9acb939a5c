import { PLAYER_ACTION_TABLE } from '../player/player-actions';
import { PLAYER_ACTIONS, playerKeyLabel } from '../player/player-keys';
import type { Action } from './command';

/** What can be done in the open player. */
export function playerCommands(): Action[] {
  return PLAYER_ACTIONS.map((name) => {
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
