import { TriangleAlert } from 'lucide-react';
import type { QueryError } from '../../../shared/query/query-node';

/** Says which parts of the search are not understood; all others are searched for. */
export function QueryErrorSign({ errors }: { errors: readonly QueryError[] }) {
  if (errors.length === 0) return null;
  const words = errors.map(({ message }) => message).join('\n');
  return (
    <span
      role="status"
      data-testid="search-errors"
      title={words}
      className="absolute top-1.5 right-12 flex text-attention"
    >
      <TriangleAlert aria-hidden />
      <span className="sr-only">{words}</span>
    </span>
  );
}
