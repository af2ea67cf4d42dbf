import cliProgress from 'cli-progress';

/** How far long work has come. */
export interface Progress {
  update(done: number): void;
  stop(): void;
}

const LINE_EVERY_MS = 2_000;

/**
 * A bar on the standard error, or a line now and then where that is no terminal: the standard output is the answer's
 * alone. Nothing for programs.
 */
export function progressOf(what: string, total: number, { json }: { json?: boolean }): Progress {
  if (json || total === 0) return { update: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar(
    {
      format: `${what} {bar} {percentage} % | {value} of {total} | {duration_formatted}`,
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: LINE_EVERY_MS,
      hideCursor: true,
      gracefulExit: true,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0);
  // What arrives while it is counted can make it more than was counted.
  return { update: (done) => bar.update(Math.min(done, total)), stop: () => bar.stop() };
}
