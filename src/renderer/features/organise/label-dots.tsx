import { Check } from 'lucide-react';
import { COLOURS, type Colour } from '../../../shared/edit';
import { classes } from '../../ui/classes';

const LOOKS: Readonly<Record<Colour, string>> = {
  red: 'bg-label-red',
  orange: 'bg-label-orange',
  yellow: 'bg-label-yellow',
  green: 'bg-label-green',
  teal: 'bg-label-teal',
  blue: 'bg-label-blue',
  purple: 'bg-label-purple',
  pink: 'bg-label-pink',
  grey: 'bg-label-grey',
};

/** The colour label. The one that is set takes it away again. */
export function LabelDots({
  label,
  onLabel,
}: {
  label: string | null;
  onLabel: (label: Colour | null) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings its frame along
    <div role="group" aria-label="Label" className="mt-1 -ml-1 flex flex-wrap">
      {COLOURS.map((colour) => (
        <button
          key={colour}
          type="button"
          aria-label={`Label ${colour}`}
          title={colour === label ? 'No label' : colour}
          aria-pressed={colour === label}
          onClick={() => onLabel(colour === label ? null : colour)}
          className="group flex size-7 items-center justify-center rounded-panel"
        >
          <span
            className={classes(
              'flex size-4 items-center justify-center rounded-full transition group-hover:scale-110',
              LOOKS[colour],
            )}
          >
            {colour === label && <Check aria-hidden className="size-3! stroke-3! text-on-label" />}
          </span>
        </button>
      ))}
    </div>
  );
}
