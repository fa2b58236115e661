import { type PageProgress, progressLine } from "./progress-line";

/** The part of a terminal's or file's stream that is needed. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const QUIET_MS = 30_000;
const PLAIN_WIDTH = 160;

/** Prints progress: in a terminal by overwriting one line, in a file with a line every half minute. */
export function progressPrinter(output: Output, now: () => number = Date.now) {
  let printedAt = Number.NEGATIVE_INFINITY;
  const print = (progress: PageProgress) => {
    if (output.isTTY) {
      output.write(`\r\u001b[2K${progressLine(progress, output.columns ?? PLAIN_WIDTH)}`);
    } else if (now() - printedAt >= QUIET_MS) {
      printedAt = now();
      output.write(`${progressLine(progress, PLAIN_WIDTH)}\n`);
    }
  };
  const end = () => {
    if (output.isTTY) output.write("\n");
  };
  return Object.assign(print, { end });
}
