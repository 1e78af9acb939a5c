import type { Problem } from '../../shared/media';

/** Why a file could not be read, before the clock is put on it. */
export type ProbeFailure = Omit<Problem, 'occurredAt'>;
