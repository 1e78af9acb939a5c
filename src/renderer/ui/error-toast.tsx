import { CircleAlert, X } from 'lucide-react';
import { toast } from 'sonner';
import { type ErrorShape, toErrorShape } from '../../shared/errors';
import { describeError, technicalText } from '../errors';
import { IconButton } from './icon-button';
import { TechnicalDetails } from './technical-details';

/** How long a message stays, in milliseconds. */
const SHOWN_MS = 12_000;

/**
 * Tells the person about something that failed. What they cancelled themselves is not an error to them; the same
 * error twice is one message.
 *
 * @param subject what it was about, for example a folder's name
 */
export function showError(thrown: unknown, subject?: string): void {
  const error = toErrorShape(thrown);
  if (error.code === 'CANCELLED') return;
  const id = `${error.code} ${subject ?? ''}`;
  // Showing it again under its ID makes the toaster measure its new height; while it is read it stays.
  const show = (isReading: boolean) =>
    toast.custom(
      () => (
        <ErrorToast
          error={error}
          subject={subject}
          onDetails={show}
          onClose={() => toast.dismiss(id)}
        />
      ),
      { id, duration: isReading ? Number.POSITIVE_INFINITY : SHOWN_MS },
    );
  show(false);
}

function ErrorToast({
  error,
  subject,
  onDetails,
  onClose,
}: {
  error: ErrorShape;
  subject: string | undefined;
  onDetails: (open: boolean) => void;
  onClose: () => void;
}) {
  const { title, meaning, action } = describeError(error);
  return (
    <div role="alert" className="floating flex w-90 gap-3 p-3">
      <CircleAlert aria-hidden className="mt-0.5 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{subject ? `${subject}: ${title}` : title}</p>
        <p className="mb-1 text-muted">
          {meaning} {action}
        </p>
        <TechnicalDetails text={technicalText(error)} onToggle={onDetails} />
      </div>
      <IconButton icon={X} label="Dismiss" onClick={onClose} className="-mt-1 -mr-1" />
    </div>
  );
}
