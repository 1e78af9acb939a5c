import { Dialog } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import { Button } from './button';
import { classes } from './classes';
import { DIALOG_CONTENT, DIALOG_OVERLAY } from './dialog';
import { TEXT_FIELD } from './text-field';
import { useReturnedFocus } from './use-returned-focus';

interface NameDialogProps {
  open: boolean;
  title: string;
  /** What stands in the field at first. */
  name: string;
  /** The verb on the button. */
  confirm: string;
  onConfirm: (name: string) => void;
  onClose: () => void;
}

/** Asks for a name. */
export function NameDialog({ open, title, onClose, ...rest }: NameDialogProps) {
  const focusHandlers = useReturnedFocus();
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={DIALOG_OVERLAY} />
        <Dialog.Content {...focusHandlers} aria-describedby={undefined} className={DIALOG_CONTENT}>
          <Dialog.Title className="text-section font-medium wrap-anywhere">{title}</Dialog.Title>
          <NameForm onClose={onClose} {...rest} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Begins anew each time the dialog opens. */
function NameForm({
  name,
  confirm,
  onConfirm,
  onClose,
}: Pick<NameDialogProps, 'name' | 'confirm' | 'onConfirm' | 'onClose'>) {
  const [written, setWritten] = useState(name);
  const wanted = written.trim();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '') return;
    onClose();
    onConfirm(wanted);
  };
  return (
    <form onSubmit={onSubmit}>
      <input
        type="text"
        aria-label="Name"
        maxLength={200}
        spellCheck={false}
        value={written}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setWritten(event.target.value)}
        className={classes(TEXT_FIELD, 'mt-3 w-full px-2')}
      />
      <div className="mt-5 flex justify-end gap-2">
        <Dialog.Close asChild>
          <Button type="button">Cancel</Button>
        </Dialog.Close>
        <Button type="submit" emphasis="primary" disabled={wanted === ''}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
