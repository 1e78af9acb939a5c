// @ts-check

/** A failure that set-up foresees: it is shown as two short paragraphs, without a stack trace. */
export class SetupError extends Error {
  /**
   * @param {string} what what happened
   * @param {string} remedy what the person can do about it
   */
  constructor(what, remedy) {
    super(what);
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}

/**
 * Prints an error the way the scripts do and makes the process end with 1.
 * @param {unknown} error
 */
export function reportFailure(error) {
  if (error instanceof SetupError) {
    process.stderr.write(`\nset-up: ${error.message}\n\n${error.remedy}\n`);
  } else {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
  process.exitCode = 1;
}

/**
 * One line of progress. Always on stderr: stdout belongs to the command that is being set up for.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`set-up: ${line}\n`);
}
