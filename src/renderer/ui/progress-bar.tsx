import { classes } from './classes';

/**
 * A thin bar; `progress` 0..1, or null while the total is unknown.
 * Moved by transform, so that a tick neither lays out nor paints anything else, and at once: what moves smoothly draws
 * sixty frames a second for as long as the work goes on.
 */
export function ProgressBar({
  progress,
  label,
  valueText,
  className,
}: {
  progress: number | null;
  label: string;
  valueText: string;
  className?: string;
}) {
  const known = progress !== null;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.round(progress * 100) : undefined}
      aria-valuetext={valueText}
      className={classes('h-1 overflow-hidden rounded-full bg-line', className)}
    >
      <div
        className={classes('h-full origin-left bg-accent', !known && 'animate-breathe opacity-60')}
        style={{ transform: `scaleX(${known ? progress : 1})` }}
      />
    </div>
  );
}
