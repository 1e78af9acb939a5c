/** Beyond both, a scan does not believe by itself that so many videos are gone. */
const BELIEVED_VIDEOS = 50;
const BELIEVED_SHARE = 1 / 5;

export interface ListingOutcome {
  /** Videos that were there before this scan. */
  before: number;
  /** Of these, the ones that are neither seen nor moved. */
  gone: number;
  /** Video files that the scan has seen. */
  discovered: number;
}

/**
 * Whether the person is asked before videos are marked as missing: when many are gone at once, or when a folder that
 * had videos has none at all, which looks the same whether they were deleted or what was mounted there is away.
 */
export function mustAsk({ before, gone, discovered }: ListingOutcome): boolean {
  if (gone === 0) return false;
  return discovered === 0 || (gone > BELIEVED_VIDEOS && gone > before * BELIEVED_SHARE);
}
