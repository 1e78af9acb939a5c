import { CircleCheck } from 'lucide-react';
import { toast } from 'sonner';

/** How long a notice stays, in milliseconds: long enough to be read, and it asks for nothing. */
const SHOWN_MS = 4_000;

/** Says that something was done which is not seen anywhere else. */
export function showNotice(text: string): void {
  toast.custom(
    () => (
      <p role="status" className="floating flex w-90 gap-3 p-3">
        <CircleCheck aria-hidden className="mt-0.5 text-success" />
        <span className="min-w-0 wrap-anywhere">{text}</span>
      </p>
    ),
    { id: text, duration: SHOWN_MS },
  );
}
