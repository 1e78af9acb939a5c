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
