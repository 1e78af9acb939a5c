import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { classes } from './classes';

/** The technical text, one click away. */
export function TechnicalDetails({
  text,
  label = 'Technical details',
  onToggle,
}: {
  text: string;
  label?: string;
  onToggle?: (open: boolean) => void;
}) {
  const [open, setOpen] = useState(false);
  const toggle = () => {
    setOpen(!open);
    onToggle?.(!open);
  };
  return (
    <div className="min-w-0 text-left">
      <button
        type="button"
        aria-expanded={open}
        onClick={toggle}
        className="-ml-1 inline-flex items-center gap-1 rounded-badge px-1 text-small text-muted hover:text-text"
      >
        <ChevronRight
          aria-hidden
          className={classes('size-3.5! transition-transform', open && 'rotate-90')}
        />
        {label}
      </button>
      {open && (
        <pre className="mt-1 max-h-48 overflow-auto rounded-badge border border-line bg-surface-0 p-2 font-mono text-label font-normal tracking-normal whitespace-pre-wrap text-muted wrap-anywhere select-text">
          {text}
        </pre>
      )}
    </div>
  );
}
