/** Numerically safe softmax of logits / temperature. */
export const softened = (logits: readonly number[], temperature: number): readonly number[] =>
  logShares(logits, temperature).map(Math.exp);

function logShares(logits: readonly number[], temperature: number): readonly number[] {
  const most = Math.max(...logits);
  const scaled = logits.map((logit) => (logit - most) / temperature);
  const logSum = Math.log(scaled.reduce((total, one) => total + Math.exp(one), 0));
  return scaled.map((one) => one - logSum);
}

/** Entropy in bits of probabilities: 0 for one-hot, log₂ n for uniform. */
export const entropyBits = (shares: readonly number[]): number =>
  shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log2(share) : sum), 0);

/** Hinton et al. 2015, §2, for one output: τ² · KL( softmax(teacher/τ) ‖ softmax(student/τ) ), in nats. */
export function distillationLoss(
  teacher: readonly number[],
  student: readonly number[],
  temperature: number,
): number {
  const [wanted, given] = [logShares(teacher, temperature), logShares(student, temperature)];
  const apart = wanted.reduce((sum, one, at) => sum + Math.exp(one) * (one - (given[at] ?? one)), 0);
  return temperature ** 2 * apart;
}

/** Example logits of a confident teacher for an image of a cat. */
export const exampleLogits = [
  { name: "cat", logit: 7 },
  { name: "dog", logit: 4 },
  { name: "fox", logit: 2.5 },
  { name: "truck", logit: -1 },
  { name: "ship", logit: -2 },
] as const;
