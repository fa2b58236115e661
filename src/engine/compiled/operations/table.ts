import { convolutions } from "./convolutions";
import { depthwiseConvolutions } from "./depthwise";
import { elementwise } from "./elementwise";
import { losses } from "./losses";
import { movement } from "./movement";
import { norms } from "./norms";
import type { Operations } from "./operation";
import { matrixProducts } from "./products";
import { sums } from "./sums";
import { viewOperations } from "./views";

/** Every operation, of ours and of tfjs, that a compiled step may consist of, by the name of its kernel. */
export const operations: Operations = {
  ...elementwise,
  ...movement,
  ...sums,
  ...matrixProducts,
  ...convolutions,
  ...depthwiseConvolutions,
  ...norms,
  ...losses,
  ...viewOperations,
};

/**
 * Operations that JavaScript computes before the step, from what is there before it: they read nothing that the step makes,
 * and what they give goes into it.
 */
export const computedBefore: readonly string[] = ["RetortViewPixels", "RetortViewTable"];
