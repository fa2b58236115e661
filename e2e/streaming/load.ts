/** The streamed load: 12 runs (4 arms with 3 seeds) that grow to 20,000 points each, sent ten times a second. */
export const seeds = [1, 2, 3] as const;
export const pointsPerRun = 20_000;
export const rowsPerSecond = 10;
/** Seconds of growth, and of observation at full length afterwards. */
export const rampSeconds = 40;
export const fullSeconds = 20;
