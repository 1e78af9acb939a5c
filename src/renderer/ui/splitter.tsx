import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';

/** Pixels that an arrow key moves a splitter by. */
const KEYBOARD_STEP = 16;

export interface SplitterProps {
  label: string;
  /** The pane's width in pixels. */
  width: number;
  range: { min: number; standard: number; max: number };
  /** Which side of the splitter the pane is on. */
  pane: 'left' | 'right';
  onResize: (width: number) => void;
}

/** The line between two panes: dragged, moved by arrow keys, put back by a double click. */
export function Splitter({ label, width, range, pane, onResize }: SplitterProps) {
  const drag = useRef<{ startX: number; startWidth: number } | null>(null);
  const direction = pane === 'left' ? 1 : -1;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { startX: event.clientX, startWidth: width };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (drag.current === null) return;
    onResize(drag.current.startWidth + direction * (event.clientX - drag.current.startX));
  };
  const endDrag = () => {
    drag.current = null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = widthAfterKey(event.key, width, direction, range);
    if (target === null) return;
    event.preventDefault();
    onResize(target);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr can be neither focused nor dragged
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={range.min}
      aria-valuemax={range.max}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onResize(range.standard)}
      className="relative z-10 w-px shrink-0 cursor-col-resize bg-line transition-colors before:absolute before:inset-y-0 before:-left-1 before:w-2 hover:bg-faint focus-visible:bg-accent focus-visible:outline-1 focus-visible:outline-offset-0"
    />
  );
}

function widthAfterKey(
  key: string,
  width: number,
  direction: 1 | -1,
  { min, max }: { min: number; max: number },
): number | null {
  switch (key) {
    case 'ArrowLeft':
      return width - direction * KEYBOARD_STEP;
    case 'ArrowRight':
      return width + direction * KEYBOARD_STEP;
    case 'Home':
      return min;
    case 'End':
      return max;
    default:
      return null;
  }
}
