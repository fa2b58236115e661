import type { GpuProgram } from "./backend";
import { tileCandidates } from "./conv2d-estimate";
import { filterTileCandidates } from "./conv2d-filter-estimate";
import { type FilterGradient, filterGradientPrograms } from "./conv2d-filter-gradient";
import { tiledFilterGradient } from "./conv2d-filter-tiles";
import { forwardGather, inputGradientGather } from "./conv2d-gather";
import { type ConvolutionShape, forwardProgram, inputGradientProgram } from "./conv2d-programs";
import { tiledProgram } from "./conv2d-tiles";

/** Writing the text of a program takes longer than running it: every shape's programs are written once. */
function memo<T>(make: (shape: ConvolutionShape, quads: boolean) => T) {
  const made = new Map<string, T>();
  return (shape: ConvolutionShape, quads: boolean): T => {
    const key = `${Object.values(shape).join()},${quads}`;
    const known = made.get(key) ?? make(shape, quads);
    made.set(key, known);
    return known;
  };
}

/** Whether four neighbouring invocations can hand each other what they loaded. */
export const hasQuads = (device: GPUDevice): boolean => device.features.has("subgroups");

/** x, w → y */
export const forwardFor = memo((shape, quads): GpuProgram => {
  const gather = forwardGather(shape);
  const [best] = tileCandidates(gather, quads);
  return best ? tiledProgram(gather, best) : forwardProgram(shape);
});

/** dy, w → dx */
export const inputGradientFor = memo((shape, quads): GpuProgram => {
  const gather = inputGradientGather(shape);
  const [best] = tileCandidates(gather, quads);
  return best ? tiledProgram(gather, best) : inputGradientProgram(shape);
});

/** x, dy → dW, in parts that are added in order */
export const filterGradientFor = memo((shape, quads): FilterGradient => {
  const [best] = filterTileCandidates(shape, quads);
  return best ? tiledFilterGradient(shape, best) : filterGradientPrograms(shape);
});
