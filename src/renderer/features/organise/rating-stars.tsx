import { Star } from 'lucide-react';
import { countOf } from '../../format/number';
import { classes } from '../../ui/classes';

const STARS = [1, 2, 3, 4, 5];

/** One to five stars. The one that is set takes the rating away again. */
export function RatingStars({
  rating,
  onRate,
}: {
  rating: number | null;
  onRate: (rating: number | null) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings its frame along
    <div role="group" aria-label="Rating" className="-ml-1 flex">
      {STARS.map((star) => {
        const words = countOf(star, 'star');
        return (
          <button
            key={star}
            type="button"
            aria-label={words}
            title={star === rating ? 'No rating' : words}
            aria-pressed={star === rating}
            onClick={() => onRate(star === rating ? null : star)}
            className="flex size-7 items-center justify-center rounded-panel text-muted transition hover:text-text"
          >
            <Star
              aria-hidden
              className={classes(star <= (rating ?? 0) && 'fill-current text-text')}
            />
          </button>
        );
      })}
    </div>
  );
}
