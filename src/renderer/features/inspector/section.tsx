import type { ReactNode } from 'react';

/** A part of the inspector with its small heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b border-line px-4 py-3 last:border-b-0">
      <h3 className="mb-2 text-label text-muted">{title}</h3>
      {children}
    </section>
  );
}
