/** Ways to do the same, by name. */
type Arms<T extends object> = { [Name in keyof T]: () => Promise<T[Name]> };

/**
 * Measures every arm once a round, in turn, so that what the machine does meanwhile meets all of them. Each round begins
 * with another arm.
 * @returns the figures of each arm, in the order of the rounds
 */
export async function interleaved<T extends object>(
  rounds: number,
  arms: Arms<T>,
): Promise<{ [Name in keyof T]: T[Name][] }> {
  const names = Object.keys(arms) as (keyof T)[];
  const figures = Object.fromEntries(names.map((name) => [name, []])) as unknown as {
    [Name in keyof T]: T[Name][];
  };
  for (let round = 0; round < rounds; round += 1) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      figures[name].push(await arms[name]());
    }
  }
  return figures;
}
