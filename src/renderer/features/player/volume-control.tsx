import { Volume1, Volume2, VolumeX } from 'lucide-react';
import { Slider } from 'radix-ui';
import { useApp } from '../../services';
import { ActionButton } from './action-button';
import { focusPlayer } from './focus-player';

const STEPS = 100;

/** Mute, and how loud it is. */
export function VolumeControl() {
  const volume = useApp((state) => state.volume);
  const muted = useApp((state) => state.muted);
  const setVolume = useApp((state) => state.setVolume);
  const heard = muted ? 0 : volume;
  return (
    <div className="ml-2 flex items-center gap-1">
      <ActionButton
        name="toggle-mute"
        icon={heard === 0 ? VolumeX : heard < 0.5 ? Volume1 : Volume2}
        label={muted ? 'Unmute' : 'Mute'}
      />
      <Slider.Root
        min={0}
        max={STEPS}
        step={5}
        value={[Math.round(heard * STEPS)]}
        onValueChange={([value]) => {
          if (value !== undefined) setVolume(value / STEPS);
        }}
        // The arrow keys go back to the video after a drag.
        onPointerUp={(event) => focusPlayer(event.currentTarget)}
        className="relative flex h-7 w-20 touch-none items-center"
      >
        <Slider.Track className="relative h-1 flex-1 overflow-hidden rounded-full bg-track">
          <Slider.Range className="absolute h-full bg-text" />
        </Slider.Track>
        <Slider.Thumb
          aria-label="Volume"
          aria-valuetext={`${Math.round(heard * STEPS)} %`}
          className="block size-3 rounded-full bg-text transition hover:scale-110"
        />
      </Slider.Root>
    </div>
  );
}
