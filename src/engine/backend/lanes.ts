import { trainingBackend } from "./backend";
import type { GpuProgram } from "./pipelines";
import { foldedWorkgroups, storageOf } from "./wgsl";

/** The adjacent columns of a workgroup, so that its loads are adjacent. */
export const columnsEach = 8;
/** The most lanes of a column: with as many, a workgroup has as many invocations as every device allows. */
export const mostLanes = 32;

const powerOfTwo = (count: number) => 2 ** Math.ceil(Math.log2(Math.max(1, count)));

/** Whether invocations should share work through workgroup memory. */
export const sharesWork = (): boolean => trainingBackend()?.hasCheapBarriers ?? true;

/**
 * As many lanes as `count` parts can use, a power of two; where sharing is expensive, as few as handle at most `most`
 * parts each.
 */
export const lanesFor = (count: number, most = count): number =>
  Math.min(mostLanes, powerOfTwo(sharesWork() ? count : count / most));

interface LanesProgram {
  readonly label: string;
  readonly columns: number;
  /** Independent tables of columns, one after another (default: 1). */
  readonly tables?: number;
  readonly lanes: number;
  /** Names of the bindings, in the form that `storageOf` takes. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Arrays in workgroup memory, of one number for each invocation. */
  readonly shared: readonly string[];
  /**
   * WGSL; sees the `table`, column `c`, which is `real` unless the columns have ended, its `lane`, and `slot`, the place
   * in shared arrays. All invocations must meet the same barriers, which are left out where there is one lane.
   */
  readonly body: string;
}

/**
 * Creates a program that reduces columns: a workgroup handles eight adjacent ones, and several lanes share the rows of
 * each. What they find is combined in workgroup memory, always in the same order.
 */
export function lanesProgram(program: LanesProgram): GpuProgram {
  const { label, columns, tables = 1, lanes, reads, writes, shared, body } = program;
  const { access, declarations } = storageOf(reads, writes);
  const size = columnsEach * lanes;
  const across = Math.ceil(columns / columnsEach);
  const workgroups = foldedWorkgroups(across * tables);
  return {
    label,
    access,
    workgroups,
    wgsl: `${declarations}
${shared.map((name) => `var<workgroup> ${name}: array<f32, ${size}>;`).join("\n")}
@compute @workgroup_size(${size})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let slot = i32(local);
  let lane = slot / ${columnsEach};
  let place = i32(group.x + group.y * ${workgroups[0]}u);
  let table = place / ${across};
  let wanted = (place % ${across}) * ${columnsEach} + slot % ${columnsEach};
  let real = wanted < ${columns} && table < ${tables};
  let c = min(wanted, ${columns - 1});
${lanes === 1 ? body.replaceAll("workgroupBarrier();", "") : body}
}`,
  };
}

/** WGSL that adds `term` for every lane of this column; `term` sees `at`, that lane's place in shared arrays. */
export const addedOverLanes = (lanes: number, term: string): string =>
  `for (var other = 0; other < ${lanes}; other++) {
      let at = other * ${columnsEach} + slot % ${columnsEach};
      ${term};
    }`;
