/** Bytes that somebody asks for one part after the other. */
export interface ByteSource {
  /** Null where it is not known before the end. */
  readonly sizeBytes: number | null;
  /**
   * The next bytes, or those from `position` where it has any place; null at the end.
   * @throws VitrineError CANCELLED it was closed, INTERNAL it broke
   */
  read(position: number, maxBytes: number): Promise<Uint8Array | null>;
  /** Gives back what it holds; a read in flight rejects. */
  close(): void;
}
