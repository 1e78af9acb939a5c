/** A fact in words; those without a value are left out by {@link knownFacts}. */
export interface Fact {
  label: string;
  value: string;
}

type Candidate = readonly [label: string, value: string | null | undefined];

/** The facts that have a value, in order. */
export function knownFacts(candidates: readonly Candidate[]): Fact[] {
  return candidates.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** Labels and values in two columns. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-x-3 gap-y-1">
      {facts.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="wrap-anywhere tabular-nums select-text">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
