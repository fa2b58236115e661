import type { GpuProgram } from "./backend";
import { mainOver, storageOf, workgroupsFor } from "./wgsl";

/**
 * Creates a program with one invocation per `index` below `invocations`, on flat arrays.
 *
 * @param reads names of the tensors that are read, in the order of the bindings; float32 unless given as "name: type"
 * @param writes names of the tensors that are written or changed in place; their bindings follow
 * @param body WGSL; sees `index: i32`
 */
export function programOver(
  label: string,
  reads: readonly string[],
  writes: readonly string[],
  invocations: number,
  body: string,
): GpuProgram {
  const { access, declarations } = storageOf(reads, writes);
  return {
    label,
    access,
    workgroups: workgroupsFor(invocations),
    wgsl: `${declarations}\n${mainOver(invocations, body)}`,
  };
}

/** WGSL of a ReLU. It propagates NaN, which max(x, 0) may turn into 0: a diverging network would go unnoticed. */
export const relu = (x: string): string => `select(${x}, 0.0, ${x} < 0.0)`;

/** Adjacent elements that one invocation handles, so that they share the cost of starting it. */
export const runLength = 8;

/** The number of invocations that `count` elements need. */
export const runsIn = (count: number): number => Math.ceil(count / runLength);

/** WGSL of `body` for each element `i: i32` of run `index`, without bounds checks if `count` is a multiple of the run. */
export function perRun(count: number, body: string): string {
  if (count % runLength === 0) {
    return Array.from(
      { length: runLength },
      (_, k) => `  { let i = index * ${runLength} + ${k};\n${body} }`,
    ).join("\n");
  }
  return `  let first = index * ${runLength};
  for (var i = first; i < min(${count}, first + ${runLength}); i++) {
${body}
  }`;
}
