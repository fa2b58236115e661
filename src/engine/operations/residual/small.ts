import type { GpuProgram } from "../../backend/backend";
import { lanesProgram } from "../../backend/lanes";
import { relu } from "../../backend/program";
import {
  blend,
  type Keep,
  lanesOfSmall,
  overSmallRows,
  readRunning,
  runningNames,
  statistics,
  writeRunning,
} from "../batch-norm/merge";
import type { NormShape } from "../batch-norm/programs";
import { writeEntries } from "./programs";

/**
 * A norm of few rows in one dispatch: statistics, running statistics, the norm's part of a table, and y, to which `plus`
 * may be added before the ReLU.
 */
export function smallNorm(
  shape: NormShape,
  options: { readonly norm: number; readonly plus: boolean; readonly keep: Keep },
): GpuProgram {
  const { norm, plus, keep } = options;
  const y = shape.relu ? relu("y") : "y";
  const body = `${readRunning(keep)}
  for (var g = 0; g < ${shape.groups}; g++) {
${statistics(shape)}
${overSmallRows(shape, `let y = x[at] * scale + shift${plus ? " + plus[at]" : ""}; if (real) { y_out[at] = ${y}; }`)}
    if (lane == 0) {
      ${writeEntries(shape, norm)}
${blend(keep, shape)}
    }
  }
${writeRunning(keep)}`;
  return lanesProgram({
    label: "batch norm of few rows",
    columns: shape.channels,
    lanes: lanesOfSmall(shape),
    reads: ["x", "gamma", "beta", ...(plus ? ["plus"] : [])],
    writes: ["y_out", "norms", ...runningNames(keep)],
    shared: ["scratch"],
    body,
  });
}
