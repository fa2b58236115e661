import type { GpuProgram } from "../../backend/backend";
import { mainOver, workgroupsFor } from "../../backend/wgsl";
import type { Normalization } from "../normalization";
import { coloredWgsl, finish, runHead, runOf, store, type ViewsShape } from "../view-programs";
import { pixelWgsl, viewStruct } from "../views.wgsl";
import { byteOfWgsl, policyFactsWgsl, policyOperationsWgsl } from "./policy.wgsl";

/**
 * A step of an augmentation policy takes two programs on the GPU: one gathers the statistics of whole pictures that
 * operations need ("facts"), the other computes the pixels.
 */

/** The length of the buffer of facts: 256 numbers for each channel of each view. */
export const factsOf = ({ batch, recipes, channels }: ViewsShape): number =>
  recipes.length * batch * channels * 256;

/** The program that gathers the facts of a step. Bindings: pictures, views, facts. */
export function policyFactsProgram(shape: ViewsShape, step: number): GpuProgram {
  const { side, channels, batch, recipes } = shape;
  const invocations = recipes.length * batch * channels;
  return {
    label: `policy ${step}, facts`,
    access: ["read", "read", "write"],
    workgroups: workgroupsFor(invocations),
    wgsl: `${viewStruct}
@group(0) @binding(0) var<storage, read> colored: array<f32>;
@group(0) @binding(1) var<storage, read> views: array<View>;
@group(0) @binding(2) var<storage, read_write> facts: array<f32>;
${pixelWgsl(shape)}${coloredWgsl(shape, "seen")}${byteOfWgsl}${policyFactsWgsl(side, channels)}
${mainOver(
  invocations,
  `  let place = index / ${channels};
  gather(views[place].operation${step}, place, index % ${channels});`,
)}`,
  };
}

/**
 * The program that applies a step. Bindings: pictures, views, out, facts. The last step also flips, solarizes and
 * normalizes.
 */
export function policyProgram(
  shape: ViewsShape,
  step: number,
  isLast: boolean,
  normalization: Normalization,
): GpuProgram {
  const { side, channels, batch, recipes } = shape;
  const invocations = (recipes.length * batch * side * side) / runOf(side);
  return {
    label: `policy ${step}`,
    access: ["read", "read", "write", "read"],
    workgroups: workgroupsFor(invocations),
    wgsl: `${viewStruct}
@group(0) @binding(0) var<storage, read> colored: array<f32>;
@group(0) @binding(1) var<storage, read> views: array<View>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<storage, read> facts: array<f32>;
${pixelWgsl(shape)}${coloredWgsl(shape, "seen")}${byteOfWgsl}${policyOperationsWgsl(side, channels)}${
  isLast ? finish(normalization) : ""
}
${mainOver(
  invocations,
  `${runHead(side)}
  let drawn = views[place];
  for (var x = first; x < first + ${runOf(side)}; x++) {
    let column = ${isLast ? `select(x, ${side - 1} - x, drawn.flip == 1u)` : "x"};
    var pixel = operated(drawn.operation${step}, drawn.strength${step}, place, y, column);
    ${isLast ? "pixel = finished(drawn, pixel);" : ""}
    ${store(shape, `(place * ${side} + y) * ${side} + x`, "pixel")}
  }`,
)}`,
  };
}
