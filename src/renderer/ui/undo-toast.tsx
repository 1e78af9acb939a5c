import { CircleCheck } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from './button';

/** How long it can be taken back, in milliseconds. */
const SHOWN_MS = 8_000;

/** Says that something was done, with a button that takes it back. */
export function showUndo(text: string, undo: () => void): void {
  toast.custom(
    (id) => (
      <div role="status" className="floating flex w-90 items-center gap-3 p-3">
        <CircleCheck aria-hidden className="text-success" />
        <span className="min-w-0 flex-1 wrap-anywhere">{text}</span>
        <Button
          onClick={() => {
            toast.dismiss(id);
            undo();
          }}
        >
          Undo
        </Button>
      </div>
    ),
    { id: text, duration: SHOWN_MS },
  );
}
