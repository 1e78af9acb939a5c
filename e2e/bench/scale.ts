/** How much is measured. Every comparison has at least three rounds. */
export interface Scale {
  name: 'full' | 'quick';
  rounds: number;
  typicalFiles: number;
  adversarialFiles: number;
  deepFiles: number;
  /** Rows of the generated libraries that are read. */
  readingRows: readonly number[];
  /** Rows of the generated libraries that are edited. */
  editedRows: readonly number[];
  /** Rows of the generated library that the app starts with. */
  startupRows: number;
  /** Calls of `scan.start` while a scan runs. */
  startCalls: number;
  /** How long the page is scrolled, and how long it is typed in, while its frames are timed. */
  handlingSeconds: number;
  /** Of the kinds of clips that pictures are made of, so many at most. */
  previewedKinds: number;
  /** Movements of the pointer over a picture, in each round. */
  scrubMoves: number;
  /** Rows of the library that is scrolled through while previews arrive. */
  scrolledRows: number;
}

const FULL: Scale = {
  name: 'full',
  rounds: 3,
  typicalFiles: 2_000,
  adversarialFiles: 1_000,
  deepFiles: 100_000,
  readingRows: [100_000, 1_000_000],
  editedRows: [100_000, 1_000_000],
  startupRows: 100_000,
  startCalls: 200,
  handlingSeconds: 15,
  previewedKinds: 10,
  scrubMoves: 100,
  scrolledRows: 100_000,
};

const QUICK: Scale = {
  name: 'quick',
  rounds: 3,
  typicalFiles: 200,
  adversarialFiles: 150,
  deepFiles: 3_000,
  readingRows: [20_000],
  editedRows: [20_000],
  startupRows: 10_000,
  startCalls: 40,
  handlingSeconds: 3,
  previewedKinds: 4,
  scrubMoves: 50,
  scrolledRows: 100_000,
};

/** The scale that `npm run bench` was asked for. */
export const SCALE: Scale = process.env['VITRINE_BENCH_QUICK'] === '1' ? QUICK : FULL;
