import type { GpuProgram } from "./pipelines";
import { foldedWorkgroups, storageOf, workgroupSize } from "./wgsl";

/** What the body of a row's program is written with: WGSL that is the same whether one invocation takes the row or many. */
export interface Row {
  readonly columns: number;
  /** Goes over the columns `c: i32` of the row, by all its invocations together. */
  readonly each: (body: string) => string;
  /** The sum of a number that each invocation of the row has found, the same for all of them. */
  readonly sum: (found: string) => string;
  /** The largest of these. */
  readonly max: (found: string) => string;
}

export interface RowProgram {
  readonly label: string;
  /** Bindings as `storageOf` takes them. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly rows: number;
  readonly columns: number;
  /** WGSL of one row; sees `row: i32`. Only where `isFirst` should it write one number for the row. */
  readonly body: (row: Row) => string;
}

/** Columns up to which one invocation takes a whole row. */
const shortRow = 256;

const shared = (name: string, first: string, joined: string) => `fn ${name}(value: f32, lane: i32) -> f32 {
  scratch[lane] = value;
  workgroupBarrier();
  var all = ${first};
  for (var i = 0; i < ${workgroupSize}; i++) { all = ${joined}; }
  workgroupBarrier();
  return all;
}`;

const loopOver = (columns: number, lanes: number) => (body: string) =>
  `for (var c = lane; c < ${columns}; c += ${lanes}) { ${body} }`;

const shortRowOf = (columns: number): Row => ({
  columns,
  each: loopOver(columns, 1),
  sum: (found) => `(${found})`,
  max: (found) => `(${found})`,
});

const longRowOf = (columns: number): Row => ({
  columns,
  each: loopOver(columns, workgroupSize),
  sum: (found) => `rowSum(${found}, lane)`,
  max: (found) => `rowMax(${found}, lane)`,
});

/**
 * A program that reduces rows: an invocation for each where rows are short, a workgroup where they are long. Either way
 * numbers are joined in one fixed order.
 */
export function rowProgram({ label, reads, writes, rows, columns, body }: RowProgram): GpuProgram {
  const { access, declarations } = storageOf(reads, writes);
  const isLong = columns > shortRow;
  const groups = isLong ? rows : Math.ceil(rows / workgroupSize);
  const workgroups = foldedWorkgroups(groups);
  const helpers = `var<workgroup> scratch: array<f32, ${workgroupSize}>;
${shared("rowSum", "0.0", "all + scratch[i]")}
${shared("rowMax", "scratch[0]", "max(all, scratch[i])")}`;
  return {
    label,
    access,
    workgroups,
    wgsl: `${declarations}
${isLong ? helpers : ""}
@compute @workgroup_size(${workgroupSize})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let place = i32(group.x + group.y * ${workgroups[0]}u);
  let row = ${isLong ? "place" : `place * ${workgroupSize} + i32(local)`};
  let lane = ${isLong ? "i32(local)" : "0"};
  if (row >= ${rows}) { return; }
  let isFirst = lane == 0;
${body(isLong ? longRowOf(columns) : shortRowOf(columns))}
}`,
  };
}
