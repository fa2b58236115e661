import type { EncoderPlan } from "./encoders";

/**
 * Returns which of an encoder's five groups of layers a parameter belongs to: 0 is the stem, 1 to 4 are the stages.
 * Layers after the last block belong to the last stage. A network of three stages has no group 4.
 *
 * @returns undefined for a parameter of a head
 */
export function layerGroupOf(plan: EncoderPlan, parameter: string): number | undefined {
  const [layer = ""] = parameter.split("/");
  if (layer === "stem" || layer === "patches") return 0;
  const stages = stagesOf(plan);
  if (layer === "last") return stages.at(-1);
  const [, block] = /^block(\d+)$/.exec(layer) ?? [];
  return block === undefined ? undefined : stages[Number(block)];
}

/**
 * The stage of each block. A stage begins where the feature map shrinks; in a transformer, where it never does, each
 * block is a stage.
 */
function stagesOf(plan: EncoderPlan): readonly number[] {
  switch (plan.family) {
    case "resnet":
      return counted(plan.blocks.map(({ path }) => path.some(({ stride }) => stride === 2)));
    case "mobilenet":
    case "reactnet":
      return counted(plan.blocks.map(({ stride }) => stride === 2));
    case "vit":
      return Array.from({ length: plan.blocks }, (_, block) => block + 1);
    default:
      return plan satisfies never;
  }
}

function counted(shrinks: readonly boolean[]): number[] {
  let stage = 1;
  return shrinks.map((does) => {
    if (does) stage++;
    return stage;
  });
}
