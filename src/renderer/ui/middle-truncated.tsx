import { splitForMiddle } from '../format/path';
import { classes } from './classes';

/** A name on one line that loses its middle, not its end, where there is no room. Whole in its tooltip. */
export function MiddleTruncated({
  text,
  tailLength,
  className,
}: {
  text: string;
  tailLength?: number;
  className?: string;
}) {
  const [head, tail] = splitForMiddle(text, tailLength);
  return (
    <span title={text} className={classes('flex min-w-0 whitespace-pre', className)}>
      <span className="truncate whitespace-pre">{head}</span>
      {tail !== '' && <span className="shrink-0">{tail}</span>}
    </span>
  );
}
