import type { GpuProgram } from "./backend";
import { mainOver, storageOf, workgroupsFor } from "./wgsl";

/**
 * A program of one invocation per `index` below `invocations`, on flat arrays.
 *
 * @param reads names of the tensors that are read, in the order of the bindings; of float32 unless "name: type" says otherwise
 * @param writes those that are written (or changed in place), after them
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

/** WGSL of a ReLU. What is not a number stays none: as the maximum of it and 0 a network that diverges would go unnoticed. */
export const relu = (x: string): string => `select(${x}, 0.0, ${x} < 0.0)`;

/** Neighbouring elements that one invocation handles: what it costs to start one is shared among them. */
export const runLength = 8;

/** Invocations for `count` elements. */
export const runsIn = (count: number): number => Math.ceil(count / runLength);

/** `body` for each element `i` of the run of `index`; without asking where the end is, if runs end with it. */
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
