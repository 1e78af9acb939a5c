import { TriangleAlert } from 'lucide-react';
import { type KeyboardEvent, type SubmitEvent, useId, useRef, useState } from 'react';
import { Button } from '../../ui/button';
import { classes } from '../../ui/classes';
import { TEXT_FIELD } from '../../ui/text-field';
import { ExtensionChips } from './extension-chips';
import { explainInvalid, MAX_EXTENSIONS, TOO_MANY } from './extension-words';
import { parseExtensions } from './parse-extensions';
import { useChangeSettings } from './use-change-settings';

/** Adds and removes file name extensions; each change is saved at once. */
export function ExtensionsForm() {
  const { settings, change } = useChangeSettings();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [complaint, setComplaint] = useState<string | null>(null);
  const id = useId();
  const [fieldId, complaintId, noteId] = [`${id}field`, `${id}complaint`, `${id}note`];

  const write = (written: string) => {
    setText(written);
    setComplaint(null);
  };

  const add = (event: SubmitEvent) => {
    event.preventDefault();
    field.current?.focus();
    if (settings === null) return;
    const { extensions, invalid } = parseExtensions(text);
    const wanted = [...new Set([...settings.extraExtensions, ...extensions])];
    if (wanted.length > MAX_EXTENSIONS) return setComplaint(TOO_MANY);
    if (wanted.length > settings.extraExtensions.length) {
      change({ extraExtensions: wanted });
    }
    // What was taken is a chip now; what was not stays to be put right.
    setText(invalid.join(', '));
    setComplaint(explainInvalid(invalid));
  };

  const remove = (extension: string) => {
    if (settings === null) return;
    const extraExtensions = settings.extraExtensions.filter((known) => known !== extension);
    change({ extraExtensions });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || text === '') return;
    // The step back is to an empty field first, and only then away from the page.
    event.preventDefault();
    write('');
  };

  return (
    <>
      <form noValidate onSubmit={add}>
        <label htmlFor={fieldId} className="mb-1 block font-medium">
          Further extensions
        </label>
        <div className="flex max-w-md gap-2">
          <input
            ref={field}
            id={fieldId}
            type="text"
            placeholder="For example xyz, cam"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={2000}
            disabled={settings === null}
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            aria-invalid={complaint !== null}
            aria-describedby={complaint === null ? noteId : `${complaintId} ${noteId}`}
            className={classes(TEXT_FIELD, 'min-w-0 flex-1 px-2')}
          />
          <Button type="submit" disabled={settings === null}>
            Add
          </Button>
        </div>
        {complaint !== null && (
          <p id={complaintId} role="alert" className="mt-2 flex gap-2">
            <TriangleAlert aria-hidden className="mt-0.5 text-attention" />
            <span className="min-w-0 wrap-anywhere">{complaint}</span>
          </p>
        )}
      </form>
      <ExtensionChips
        extensions={settings?.extraExtensions ?? []}
        onRemove={remove}
        onNoneLeft={() => field.current?.focus()}
      />
      <p id={noteId} className="mt-3 text-small text-muted">
        Takes effect at the next scan of a folder.
      </p>
    </>
  );
}
