import { Fragment } from 'react';
import type { Line } from './job-words';

/** The parts of a line with a middle dot between them; the first one is what it is about. */
export function JobLine({ parts }: { parts: Line }) {
  const [subject, ...rest] = parts;
  return (
    <>
      <span className="font-medium">{subject}</span>
      {rest.map((part) => (
        <Fragment key={part}>
          {' · '}
          {part}
        </Fragment>
      ))}
    </>
  );
}
