/** Numerically safe softmax of logits / temperature. */
export function softened(logits: readonly number[], temperature: number): readonly number[] {
  const most = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp((logit - most) / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** What a sure teacher may say of a cat: its class, and what it looks like besides. */
export const exampleLogits = [
  { name: "cat", logit: 7 },
  { name: "dog", logit: 4 },
  { name: "fox", logit: 2.5 },
  { name: "truck", logit: -1 },
  { name: "ship", logit: -2 },
] as const;
