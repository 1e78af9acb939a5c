import type { ReactNode } from 'react';
import { useRovingRows } from '../../ui/use-roving-rows';
import { JobRow } from './job-row';

/** Sections of jobs that the arrow keys move through as one list. */
export function JobRows({
  sections,
  className,
}: {
  sections: readonly { label: string; heading?: ReactNode; jobIds: readonly string[] }[];
  className?: string;
}) {
  const { container, tabbable, ...handlers } = useRovingRows(
    sections.flatMap(({ jobIds }) => jobIds),
  );
  return (
    <div ref={container} className={className} {...handlers}>
      {sections.map(({ label, heading, jobIds }) => (
        <section key={label} aria-label={label}>
          {heading}
          <ul className="divide-y divide-line">
            {jobIds.map((jobId) => (
              <JobRow key={jobId} jobId={jobId} tabbable={jobId === tabbable} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
