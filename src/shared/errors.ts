/**
 * Every error that crosses a process boundary or reaches a person has one of these codes.
 * The union is closed: adding a code means deciding what the person reads (see `describeError` in the renderer).
 */
export const ERROR_CODES = [
  'INVALID_REQUEST',
  'FORBIDDEN_SENDER',
  'JOB_NOT_FOUND',
  'ROOT_NOT_FOUND',
  'ROOT_OFFLINE',
  'ROOT_OVERLAPS',
  'VIDEO_NOT_FOUND',
  'PREVIEW_NOT_FOUND',
  'TAG_NOT_FOUND',
  'COLLECTION_NOT_FOUND',
  'EDIT_NOT_FOUND',
  'NAME_TAKEN',
  'IMPORT_INVALID',
  'SAVED_FILTER_NOT_FOUND',
  'FILE_NOT_FOUND',
  'PATH_NOT_A_FOLDER',
  'PATH_NOT_ALLOWED',
  'PERMISSION_DENIED',
  'LIBRARY_LOCKED',
  'LIBRARY_READ_ONLY',
  'LIBRARY_CORRUPT',
  'LIBRARY_TOO_NEW',
  'LIBRARY_NOT_FOUND',
  'LIBRARY_IO',
  'BACKUP_NOT_FOUND',
  'BACKUP_DAMAGED',
  'DISK_FULL',
  'PROBE_TOOL_MISSING',
  'SYSTEM_BUSY',
  'WORKER_CRASHED',
  'TIMEOUT',
  'STALE_RUN',
  'CANCELLED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** The serialisable form of a {@link VitrineError}: what travels over IPC, RPC and into the job table. */
export interface ErrorShape {
  code: ErrorCode;
  /** One English sentence for logs and the technical details; the UI words its own text by `code`. */
  message: string;
  details?: Record<string, string | number | boolean | null>;
}

/** An expected failure with a code of the closed union {@link ERROR_CODES}. */
export class VitrineError extends Error {
  override readonly name = 'VitrineError';
  readonly code: ErrorCode;
  readonly details: ErrorShape['details'];

  constructor(code: ErrorCode, message: string, details?: ErrorShape['details']) {
    super(message);
    this.code = code;
    this.details = details;
  }

  toShape(): ErrorShape {
    const shape: ErrorShape = { code: this.code, message: this.message };
    if (this.details) shape.details = this.details;
    return shape;
  }

  static fromShape(shape: ErrorShape): VitrineError {
    return new VitrineError(shape.code, shape.message, shape.details);
  }
}

/** Anything thrown, as an {@link ErrorShape}; what is not a {@link VitrineError} becomes `INTERNAL`. */
export function toErrorShape(thrown: unknown): ErrorShape {
  if (thrown instanceof VitrineError) return thrown.toShape();
  if (isAbortError(thrown)) return { code: 'CANCELLED', message: 'The operation was cancelled.' };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'INTERNAL', message };
}

function isAbortError(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}

/** A value or a typed error: how answers cross the contextBridge, which would strip an Error's fields. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: ErrorShape };
