import { Fragment, type ReactNode } from 'react';
import type { JobStatus } from '../../../shared/job';
import type { Line } from './job-words';
import { NextTry } from './next-try';

/** The parts of a line with a middle dot between them. */
export function DottedLine({ parts }: { parts: readonly ReactNode[] }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line have no other identity
    <Fragment key={index}>
      {index > 0 && ' · '}
      {part}
    </Fragment>
  ));
}

/** A job's line with what it is about set off, and when a waiting job is tried again. */
export function JobLine({ job, parts }: { job: JobStatus; parts: Line }) {
  const [subject, ...rest] = parts;
  return (
    <DottedLine
      parts={[
        <span key="subject" className="font-medium">
          {subject}
        </span>,
        ...rest,
        ...nextTry(job),
      ]}
    />
  );
}

/** A part that says when a waiting job is tried again by itself; none where nobody knows. */
export function nextTry({ state, notBefore }: JobStatus): ReactNode[] {
  if (state !== 'waiting' || notBefore === null) return [];
  return [<NextTry key="next-try" at={notBefore} />];
}
