import { useEffect, useState } from 'react';

/** The time in milliseconds since epoch, anew every `everyMs` for as long as it is wanted. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
