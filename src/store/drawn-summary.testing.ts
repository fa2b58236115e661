/** What the engine answers of ten drawn images for training, for tests of actions. */
export const drawnSummary = {
  name: "Shapes",
  hash: "0".repeat(64),
  size: 16,
  channels: 3,
  classNames: ["circle", "ring"],
  counts: { train: [5, 5], validation: [1, 1], test: [1, 1] },
  origins: { train: "built-in", validation: "built-in", test: "built-in" },
  rejected: [],
  ignored: 0,
  notices: [],
} as const;
