import { Dialog } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import { Button } from './button';
import { classes } from './classes';
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
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-pill" />
        <Dialog.Content
          {...focusHandlers}
          aria-describedby={undefined}
          className="floating fixed top-1/2 left-1/2 z-50 w-105 max-w-[90vw] -translate-x-1/2 -translate-y-1/2 animate-appear p-5"
        >
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
