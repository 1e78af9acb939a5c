import { type KeyboardEvent, useState } from 'react';
import { classes } from '../../ui/classes';
import { TEXT_FIELD } from '../../ui/text-field';

const MOST_ROWS = 8;

/** The note: kept when the keyboard leaves it or with Ctrl/Cmd+Enter; Escape takes back what was written. */
export function NoteEditor({
  note,
  onSave,
}: {
  note: string | null;
  onSave: (note: string | null) => void;
}) {
  const [written, setWritten] = useState(note ?? '');
  const save = () => {
    if (written.trim() !== (note ?? '')) onSave(written.trim() === '' ? null : written);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.blur();
    if (event.key !== 'Escape' || written === (note ?? '')) return;
    event.preventDefault();
    setWritten(note ?? '');
  };
  return (
    <textarea
      aria-label="Note"
      placeholder="Note"
      rows={Math.min(MOST_ROWS, Math.max(2, written.split('\n').length))}
      maxLength={20_000}
      value={written}
      onChange={(event) => setWritten(event.target.value)}
      onBlur={save}
      onKeyDown={onKeyDown}
      className={classes(TEXT_FIELD, 'mt-2 h-auto! w-full resize-none px-2 py-1')}
    />
  );
}
