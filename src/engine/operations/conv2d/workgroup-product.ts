import type { GpuProgram } from "../../backend/backend";
import { foldedWorkgroups, storageOf } from "../../backend/wgsl";
import { type Ending, loadCoefficients, namesOf } from "./operand";

/**
 * A matrix product C[m, n] = Σ_k A[m, k] · B[k, n] whose factors need not be stored as matrices, such as a convolution
 * or one of its gradients. `a` and `b` are WGSL that returns an element, for signed `m`, `n` and `k` within bounds.
 */
export interface Product {
  readonly label: string;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** The number of parts that the sum is split into; each writes m · n numbers. */
  readonly parts: number;
  readonly a: string;
  readonly b: string;
  /** Names of the bindings that are read. */
  readonly reads: readonly string[];
  /** WGSL functions that `a` and `b` call. */
  readonly helpers?: string | undefined;
  /** True if `bias` [n] is added to each column. */
  readonly biased?: boolean | undefined;
  /** True to write the moments of each tile's columns too, [2, tiles of rows, n]. */
  readonly moments?: boolean;
  /** What becomes of the results, in place of which it writes; its sums are of each tile's columns. */
  readonly ending?: Ending | undefined;
  /** WGSL that writes element `value` of A, in row `at` and step `step`, if that is wanted. */
  readonly keepsA?: string | undefined;
  /** True to write the elements of B too, [k, n]. */
  readonly keepsB?: boolean;
}

/** The number of steps of k that a workgroup loads at once. */
export const depth = 16;
/** The number of results of one invocation along each axis. */
const each = 4;

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const joined = (lines: readonly string[]) => lines.join("\n");

/** The tile of C that one workgroup computes: as square as the number of columns allows. */
export function tileOf(columns: number): readonly [rows: number, columns: number] {
  if (columns > 32) return [64, 64];
  return columns > 16 ? [64, 32] : [128, 16];
}

/** Creates a program for devices with fast workgroup memory: each element is loaded once per workgroup and shared. */
export function workgroupProgram(product: Product): GpuProgram {
  const {
    label,
    m,
    n,
    k,
    parts,
    a,
    b,
    reads,
    helpers = "",
    biased,
    moments,
    keepsA,
    keepsB,
    ending,
  } = product;
  const [rows, columns] = tileOf(n);
  const across = columns / each;
  const invocations = (rows / each) * across;
  const tiles = Math.ceil(n / columns);
  const steps = Math.ceil(k / depth / parts) * depth;
  const groups = Math.ceil(m / rows) * tiles * parts;
  const [groupsAcross] = foldedWorkgroups(groups);
  const { access, declarations } = storageOf(
    [...reads, ...(ending?.reads ?? [])],
    [
      "c",
      ...(moments ? ["moments"] : []),
      ...(keepsA ? ["keptA"] : []),
      ...(keepsB ? ["keptB"] : []),
      ...(ending ? ["sums"] : []),
    ],
  );
  const cells = range(each).flatMap((i) => range(each).map((j) => [i, j] as const));
  return {
    label: `${label}, ${rows}×${columns} tiles in workgroup memory`,
    access,
    workgroups: foldedWorkgroups(groups),
    wgsl: `${declarations}
${helpers}
var<workgroup> left: array<f32, ${rows * depth}>;
var<workgroup> right: array<f32, ${depth * columns}>;
fn a_at(m: i32, k: i32) -> f32 {
${a}
}
fn b_at(k: i32, n: i32) -> f32 {
${b}
}
@compute @workgroup_size(${invocations})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let group = i32(workgroup.x + workgroup.y * ${groupsAcross}u);
  if (group >= ${groups}) { return; }
  let part = group / ${Math.ceil(m / rows) * tiles};
  let firstRow = ((group / ${tiles}) % ${Math.ceil(m / rows)}) * ${rows};
  let firstColumn = (group % ${tiles}) * ${columns};
  let row = (i32(local) / ${across}) * ${each};
  let column = (i32(local) % ${across}) * ${each};
  let end = min(${k}, (part + 1) * ${steps});
${joined(cells.map(([i, j]) => `  var s${i}_${j} = ${biased ? `bias[firstColumn + column + ${j}]` : "0.0"};`))}
  for (var first = part * ${steps}; first < (part + 1) * ${steps}; first += ${depth}) {
    for (var e = i32(local); e < ${rows * depth}; e += ${invocations}) {
      let at = firstRow + e / ${depth};
      let step = first + e % ${depth};
      var value = 0.0;
      if (at < ${m} && step < end) {
        value = a_at(at, step);
        ${keepsA ? `if (firstColumn == 0) { ${keepsA} }` : ""}
      }
      left[e] = value;
    }
    for (var e = i32(local); e < ${depth * columns}; e += ${invocations}) {
      let step = first + e / ${columns};
      let at = firstColumn + e % ${columns};
      var value = 0.0;
      if (at < ${n} && step < end) {
        value = b_at(step, at);
        ${keepsB ? `if (firstRow == 0) { keptB[step * ${n} + at] = value; }` : ""}
      }
      right[e] = value;
    }
    workgroupBarrier();
    for (var q = 0; q < ${depth}; q++) {
${joined(range(each).map((i) => `      let l${i} = left[(row + ${i}) * ${depth} + q];`))}
${joined(range(each).map((j) => `      let r${j} = right[q * ${columns} + column + ${j}];`))}
${joined(cells.map(([i, j]) => `      s${i}_${j} += l${i} * r${j};`))}
    }
    workgroupBarrier();
  }
${ending ? columnEnding(product, ending) : stores(product)}
${moments ? columnMoments(product) : ""}
}`,
  };
}

function stores({ m, n }: Product): string {
  const lines = range(each).flatMap((i) =>
    range(each).map((j) => {
      const inside = `firstRow + row + ${i} < ${m} && firstColumn + column + ${j} < ${n}`;
      return `  if (${inside}) { c[base + (firstRow + row + ${i}) * ${n} + firstColumn + column + ${j}] = s${i}_${j}; }`;
    }),
  );
  return joined([`  let base = part * ${m * n};`, ...lines]);
}

/** WGSL that stores what becomes of the results, and adds up the ending's sums of each column of a tile. */
function columnEnding({ m, n }: Product, ending: Ending): string {
  const [rows, columns] = tileOf(n);
  const numbers = (m / rows) * n;
  const names = namesOf(ending, "of");
  const group = ending.groups === 1 ? "0" : `firstRow / ${m / ending.groups}`;
  const totals = (i: number, j: number) => `total${i}_${j}`;
  const lines = range(each).map((j) => {
    const cells = range(each).map((i) => {
      const at = `at + ${i * n}`;
      const sum = ending.adds ? `(s${i}_${j} + c[${at}])` : `s${i}_${j}`;
      const added = ending.sums.map(({ term }, t) => `${totals(t, j)} += ${term("g", at, names)};`);
      return `{ let g = ${ending.value(sum, at, names)}; c[${at}] = g; ${added.join(" ")} }`;
    });
    return `${joined(ending.sums.map((_, t) => `  var ${totals(t, j)} = 0.0;`))}
  if (firstColumn + column + ${j} < ${n}) {
    let channel = firstColumn + column + ${j};
    let at = (firstRow + row) * ${n} + channel;
    ${joined(loadCoefficients(ending, "of", { c: "channel", g: group }))}
    ${joined(cells)}
    ${joined(ending.sums.map(({ factor }, t) => `${totals(t, j)} *= ${factor(names)};`))}
  }`;
  });
  const sums = ending.sums.map(
    (
      _,
      t,
    ) => `${joined(range(each).map((j) => `  left[(row / ${each}) * ${columns} + column + ${j}] = ${totals(t, j)};`))}
  workgroupBarrier();
  if (row == 0) {
    for (var j = column; j < column + ${each}; j++) {
      var all = 0.0;
      for (var r = 0; r < ${rows / each}; r++) { all += left[r * ${columns} + j]; }
      if (firstColumn + j < ${n}) { sums[${t * numbers} + (firstRow / ${rows}) * ${n} + firstColumn + j] = all; }
    }
  }
  workgroupBarrier();`,
  );
  return joined([...lines, ...sums]);
}

/**
 * WGSL that sums each column of a tile, and its squares about the tile's own mean. Every invocation first adds up its own
 * rows; `left` is free by then.
 */
function columnMoments({ m, n }: Product): string {
  const [rows, columns] = tileOf(n);
  const numbers = (m / rows) * n;
  const own = (j: number) => `left[(row / ${each}) * ${columns} + column + ${j}]`;
  const all = (j: number) => `left[r * ${columns} + column + ${j}]`;
  const loop = (line: (j: number) => string) =>
    `  for (var r = 0; r < ${rows / each}; r++) { ${range(each).map(line).join(" ")} }`;
  const lines = (line: (j: number) => string) => joined(range(each).map((j) => `  ${line(j)}`));
  const terms = (j: number, term: (s: string) => string) =>
    range(each)
      .map((i) => term(`s${i}_${j}`))
      .join(" + ");
  return `${lines((j) => `${own(j)} = ${terms(j, (s) => s)};`)}
  workgroupBarrier();
${lines((j) => `var total${j} = 0.0;`)}
${loop((j) => `total${j} += ${all(j)};`)}
${lines((j) => `let mean${j} = total${j} / ${rows}.0;`)}
  workgroupBarrier();
${lines((j) => `${own(j)} = ${terms(j, (s) => `(${s} - mean${j}) * (${s} - mean${j})`)};`)}
  workgroupBarrier();
  if (row == 0) {
${lines((j) => `var squares${j} = 0.0;`)}
${loop((j) => `squares${j} += ${all(j)};`)}
    let chunk = (firstRow / ${rows}) * ${n} + firstColumn + column;
${lines(
  (j) => `if (firstColumn + column + ${j} < ${n}) {
    moments[chunk + ${j}] = total${j};
    moments[${numbers} + chunk + ${j}] = squares${j};
  }`,
)}
  }`;
}
