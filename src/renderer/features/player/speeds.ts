export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const;

/** The next faster or slower one; the last stays. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  const ordered = direction === 1 ? SPEEDS : [...SPEEDS].reverse();
  return ordered.find((candidate) => direction * (candidate - speed) > 0) ?? speed;
}

/** `1×`, `0.25×`, `1.5×`. */
export function speedName(speed: number): string {
  return `${speed}×`;
}
