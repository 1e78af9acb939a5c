import { AudioLines, Captions } from 'lucide-react';
import { useApp, useServices } from '../../services';
import { PlayerMenu, type PlayerMenuOption } from './player-menu';
import { SPEEDS, speedName } from './speeds';
import { audioFacts, subtitleFacts, trackName } from './tracks';
import { usePlayback } from './use-player';

interface MenuProps {
  onOpenChange: (open: boolean) => void;
}

export function SpeedMenu({ onOpenChange }: MenuProps) {
  const { store } = useServices();
  const speed = useApp((state) => state.player?.speed ?? 1);
  return (
    <PlayerMenu
      label={`Speed: ${speedName(speed)}`}
      options={SPEEDS.map((value) => ({ value: String(value), label: speedName(value) }))}
      value={String(speed)}
      onChoose={(value) => store.getState().changePlayer({ speed: Number(value) })}
      onOpenChange={onOpenChange}
    >
      {speedName(speed)}
    </PlayerMenu>
  );
}

/** Not there where there is nothing to choose. */
export function AudioMenu({ onOpenChange }: MenuProps) {
  const { player } = useServices();
  const playback = usePlayback();
  if (playback === null || playback.audioTracks.length < 2) return null;
  const options = playback.audioTracks.map(
    (track, position): PlayerMenuOption => ({
      value: String(track.index),
      label: trackName(track, position),
      detail: track.playable ? audioFacts(track) : 'cannot be played',
      disabled: !track.playable,
    }),
  );
  return (
    <PlayerMenu
      label="Audio"
      options={options}
      value={String(playback.audioIndex)}
      onChoose={(value) => void player.chooseAudio(Number(value))}
      onOpenChange={onOpenChange}
    >
      <AudioLines aria-hidden />
    </PlayerMenu>
  );
}

const OFF = 'off';

/** Not there where there are none. */
export function SubtitleMenu({ onOpenChange }: MenuProps) {
  const { player } = useServices();
  const playback = usePlayback();
  const index = useApp((state) => state.player?.subtitleIndex ?? null);
  if (playback === null || playback.subtitleTracks.length === 0) return null;
  const options = playback.subtitleTracks.map(
    (track, position): PlayerMenuOption => ({
      value: String(track.index),
      label: trackName(track, position),
      detail: track.playable ? subtitleFacts(track) : 'cannot be shown',
      disabled: !track.playable,
    }),
  );
  return (
    <PlayerMenu
      label="Subtitles"
      options={[{ value: OFF, label: 'Off' }, ...options]}
      value={index === null ? OFF : String(index)}
      onChoose={(value) => void player.chooseSubtitle(value === OFF ? null : Number(value))}
      onOpenChange={onOpenChange}
    >
      <Captions aria-hidden className={index === null ? '' : 'text-accent'} />
    </PlayerMenu>
  );
}
