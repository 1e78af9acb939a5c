import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';

/** How long a notice stays, in milliseconds: long enough to be read, and it asks for nothing. */
const SHOWN_MS = 4_000;

/** Says that something was done which is not seen anywhere else. */
export function showNotice(text: string): void {
  show(text, <CircleCheck aria-hidden className="mt-0.5 text-success" />);
}

/** Says that something is not as the person expects, though nothing failed that they could mend. */
export function showWarning(text: string): void {
  show(text, <TriangleAlert aria-hidden className="mt-0.5 text-attention" />);
}

function show(text: string, icon: ReactNode): void {
  toast.custom(
    () => (
      <p role="status" className="floating flex w-90 gap-3 p-3">
        {icon}
        <span className="min-w-0 wrap-anywhere">{text}</span>
      </p>
    ),
    { id: text, duration: SHOWN_MS },
  );
}
