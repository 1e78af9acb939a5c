/**
 * Makes something run once at a time: calls while it runs lead to exactly one more run, so that the last state is
 * always seen and a burst of calls never piles up.
 */
export function coalesced(run: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | null = null;
  let again = false;

  const loop = async () => {
    try {
      do {
        again = false;
        await run();
      } while (again);
    } finally {
      current = null;
    }
  };

  return () => {
    again = true;
    current ??= loop();
    return current;
  };
}
