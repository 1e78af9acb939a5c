import { VitrineError } from '../../shared/errors';

/** A sleeping disk turns up within some seconds; what takes longer than this hangs. */
const PATIENCE_MS = 30_000;

/**
 * Waits for a drive, though not for ever: the only worker that there may be is wanted for the others. What was asked of
 * it goes on unobserved.
 * @throws VitrineError ROOT_OFFLINE when it does not answer
 */
export async function answered<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new VitrineError('ROOT_OFFLINE', 'Its drive does not answer.')),
      PATIENCE_MS,
    );
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
