import { encodeExperiment } from "../../src/protocol/codec";
import type { ExperimentInput } from "../../src/protocol/experiment";
import { parseExperiment } from "../../src/protocol/problems";

type Arm = NonNullable<ExperimentInput["arms"]>[number];

const tiny = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.125 },
  steps: 24,
  teacherSteps: 12,
} as const satisfies Arm;

/** The four default arms at the smallest size. */
export const fourTinyArms: readonly Arm[] = [
  { ...tiny, name: "BYOL", scheme: { method: "byol" } },
  { ...tiny, name: "SimDis-Off", scheme: { method: "simdis-off" } },
  { ...tiny, name: "SimDis-On", scheme: { method: "simdis-on" } },
  { ...tiny, name: "SimDis-On-7v", scheme: { method: "simdis-on", targets: [1, 2, 3, 4, 5, 6, 7] } },
];

export const fewShapes = { source: "shapes", difficulty: "easy", train: 100, test: 50 } as const;

/**
 * The address, relative to the page, that opens an experiment with small batches. It trains on WebAssembly by
 * default, since without a GPU compiling for WebGPU would take most of the test. "auto" leaves the choice to the
 * page.
 */
export function addressOf(input: ExperimentInput, backend: "webgpu" | "wasm" | "auto" = "wasm"): string {
  const parsed = parseExperiment({ batchSize: 8, evaluation: { everySteps: 6 }, ...input });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return `./?backend=${backend}${encodeExperiment(parsed.experiment)}`;
}
