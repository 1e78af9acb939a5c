import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Starts something unless the signal has aborted, and rejects with the signal's reason as soon as it does. What was
 * started goes on unobserved: meant for waits that have nothing to clean up, such as for a hung network drive.
 */
export function abortable<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    start()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Null when it takes too long; then it goes on unobserved. */
export function orNull<T>(work: Promise<T>, milliseconds: number): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Waits. @throws the signal's reason as soon as it aborts */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, null, { signal }).catch(() => signal.throwIfAborted());
}
