/** The progress that the page shows. */
export interface PageProgress {
  /** In [0, 1]; absent if unknown. */
  readonly share?: number;
  /** The page's current activity. */
  readonly sentence: string;
  /** The remaining time in the page's words, such as "3 min 20 s"; absent if unknown. */
  readonly timeLeft?: string;
}

const BAR = 24;

/** One line of at most `width` characters: `[██████··············]  31.2 %  2 min left  BYOL, seed 1: …`. */
export function progressLine({ share, sentence, timeLeft }: PageProgress, width: number): string {
  const filled = Math.round(BAR * Math.min(1, Math.max(0, share ?? 0)));
  const bar = `[${"█".repeat(filled)}${"·".repeat(BAR - filled)}]`;
  const percent = share === undefined ? "   –  " : `${(100 * share).toFixed(1).padStart(5)} %`;
  const line = [bar, percent, timeLeft && `${timeLeft} left`, sentence].filter(Boolean).join("  ");
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
