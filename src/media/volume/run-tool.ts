import { execFile } from 'node:child_process';

/** Output beyond this is no answer of a tool that lists volumes. */
const MAX_OUTPUT = 8 * 1024 * 1024;

/**
 * Runs one of the system's own programs, without a shell, by its absolute path; answers what it wrote, or null when it
 * failed, is not there, or took too long.
 */
export function runTool(
  path: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<string | null> {
  return new Promise((resolve) => {
    const options = {
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_OUTPUT,
      windowsHide: true,
    } as const;
    execFile(path, args, options, (error, stdout) => resolve(error ? null : stdout)).stdin?.end();
  });
}
