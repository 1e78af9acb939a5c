import { type ReactNode, useId } from 'react';

/** A part of the settings with its heading. */
export function SettingsSection({ title, children }: { title: string; children: ReactNode }) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="py-5">
      <h2 id={titleId} className="mb-2 text-section font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** One setting: its name and what it does on the left, its control on the right. */
export function SettingRow({
  label,
  hint,
  children,
}: {
  label: string;
  hint: ReactNode;
  /** The control, given the IDs of its label and of what explains it. */
  children: (ids: { id: string; 'aria-describedby': string }) => ReactNode;
}) {
  const id = useId();
  const hintId = `${id}hint`;
  return (
    <div className="flex items-start gap-6 py-2">
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <p id={hintId} className="text-pretty text-muted">
          {hint}
        </p>
      </div>
      {children({ id, 'aria-describedby': hintId })}
    </div>
  );
}
