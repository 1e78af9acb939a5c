import { AlertDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button';
import { DIALOG_CONTENT, DIALOG_OVERLAY } from './dialog';
import { useReturnedFocus } from './use-returned-focus';

/** Asks before something that cannot simply be taken back. */
export function ConfirmDialog({
  open,
  title,
  children,
  confirm,
  emphasis = 'danger',
  onConfirm,
  onClose,
}: {
  open: boolean;
  title: string;
  children: ReactNode;
  /** The verb on the button. */
  confirm: string;
  /** `danger` where something is lost by it. */
  emphasis?: ButtonProps['emphasis'];
  onConfirm: () => void;
  onClose: () => void;
}) {
  const focusHandlers = useReturnedFocus();
  return (
    <AlertDialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={DIALOG_OVERLAY} />
        <AlertDialog.Content {...focusHandlers} className={DIALOG_CONTENT}>
          <AlertDialog.Title className="text-section font-medium wrap-anywhere">
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 space-y-2 text-muted">{children}</div>
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button emphasis={emphasis} onClick={onConfirm}>
                {confirm}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
