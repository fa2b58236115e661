import type { Refusal, Surroundings } from "../method";

/** Batch norm groups split a batch into equal parts of at least two images. */
export function refusalsOfGroups(
  { normGroups }: { readonly normGroups: number },
  { batchSize, at }: Surroundings,
): readonly Refusal[] {
  if (batchSize % normGroups === 0 && batchSize >= 2 * normGroups) return [];
  return [
    {
      path: at("normGroups"),
      allowed: `a divisor of the batch size, ${batchSize}, that leaves two images or more a group`,
    },
    {
      path: ["batchSize"],
      allowed: `a multiple of the ${normGroups} batch norm groups, with two images or more each`,
    },
  ];
}
