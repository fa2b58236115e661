import type { GpuProgram } from "../../backend/backend";
import { addedOverLanes, lanesFor, lanesProgram } from "../../backend/lanes";
import { programOver } from "../../backend/program";
import { type Keep, mergeMomentsInto } from "../batch-norm/merge";
import { baseChunks, locate, type NormShape, overRows, perChunk } from "../batch-norm/programs";
import { loadCoefficients, type Operand, valueAt } from "../conv2d/operand";

/**
 * Programs of residual networks. What a batch norm does to each channel of each group is kept in a table of four numbers,
 * [norms, 4, groups, C]: scale and shift (y = z · scale + shift), mean, and 1/σ. A block's last batch norm and its
 * shortcut's share a table.
 */

/** Numbers per channel and group in a table. */
const columns = 4;

export const tableShape = (norms: number, { groups, channels }: NormShape) => [
  norms,
  columns,
  groups,
  channels,
];

/**
 * Numbers per channel and group in a table of gradients, of which dz = scale · g + ofZ · z + rest: scale, ofZ, rest, and
 * shift, which with scale gives the norm's y. The first are all that a gradient needs that is gated already.
 */
export const gradientColumns = 4;

export const gradientsShape = (norms: number, { groups, channels }: NormShape) => [
  norms,
  gradientColumns,
  groups,
  channels,
];

interface Entry {
  readonly norm: number;
  readonly column: number;
  /** Columns of the table (default: those of a norm's). */
  readonly columns?: number;
}

/** WGSL of a number of a table, for channel `c` of group `g`. */
export const entryOf =
  (table: string, { groups, channels }: NormShape, { norm, column, columns: all = columns }: Entry) =>
  (c: string, g: string): string =>
    `${table}[${(norm * all + column) * groups * channels} + (${g}) * ${channels} + ${c}]`;

const entry = (table: string, shape: NormShape, norm: number, column: number) =>
  entryOf(table, shape, { norm, column })("c", "g");
const gradientEntry = (shape: NormShape, norm: number, column: number) =>
  entryOf("gradients", shape, { norm, column, columns: gradientColumns })("c", "g");

const suffix = (norm: number) => (norm === 0 ? "" : "Short");

/** WGSL that declares scale and shift of a norm. */
const affine = (
  shape: NormShape,
  norm: number,
) => `  let scale${suffix(norm)} = ${entry("norms", shape, norm, 0)};
  let shift${suffix(norm)} = ${entry("norms", shape, norm, 1)};`;

/** WGSL that declares mean and 1/σ of a norm. */
const moments = (
  shape: NormShape,
  norm: number,
) => `  let mean${suffix(norm)} = ${entry("norms", shape, norm, 2)};
  let inverse${suffix(norm)} = ${entry("norms", shape, norm, 3)};`;

/** WGSL that writes a norm's row of the table from its mean `m` and variance `v`, and γ and β. */
export const writeEntries = (shape: NormShape, norm: number) => `if (real) {
        let inverse = inverseSqrt(v + ${shape.epsilon});
        let scale = gamma[c] * inverse;
        ${entry("norms", shape, norm, 0)} = scale;
        ${entry("norms", shape, norm, 1)} = beta[c] - m * scale;
        ${entry("norms", shape, norm, 2)} = m;
        ${entry("norms", shape, norm, 3)} = inverse;
      }`;

/** Merges the moments of chunks, [2, groups, chunks, C], into a norm's part of a table, and updates running statistics. */
export function mergeNorm(
  shape: NormShape,
  norm: number,
  keep: Keep,
  chunks = baseChunks(shape),
): GpuProgram {
  const into = { reads: ["gamma", "beta"], writes: ["norms"], keep: writeEntries(shape, norm) };
  return mergeMomentsInto(into, shape, chunks, keep);
}

/** What convolutions compute as they load it, by itself: a norm's y or dz, shaped like z. */
export function computed(label: string, shape: NormShape, operand: Operand): GpuProgram {
  const program = programOver(
    label,
    operand.reads,
    ["result"],
    perChunk(shape),
    `${locate(shape)}
${loadCoefficients(operand, "of", { c: "c", g: "g" }).join("\n")}
${overRows(shape, `let value_ = ${valueAt(operand, "at", "of")};`, "result[at] = value_;")}`,
  );
  return { ...program, wgsl: `${program.wgsl}\n${operand.helpers ?? ""}` };
}

/** How a gradient arrives at a norm. */
export interface Arrival {
  /** True at the end of a block, whose output y gates the gradient; elsewhere the norm's own output does. */
  readonly block: boolean;
  /** True if a shortcut's norm gets the same gradient. */
  readonly shortcut: boolean;
  /** True if two gradients are added. */
  readonly second: boolean;
}

/** Whether the gradient before the ReLU is written: it saves adding and gating again, and a block's input needs it. */
export const isGated = ({ block, second }: Arrival): boolean => block || second;

/**
 * Σ g, Σ g·ẑ and, with a shortcut, Σ g·ẑ_short per chunk, where g is the gradient before the ReLU, and g itself if
 * {@link isGated}. [groups, rows, C] → [2 or 3, groups, chunks, C].
 */
export function chunkSums(shape: NormShape, arrival: Arrival): GpuProgram {
  const { block, shortcut, second } = arrival;
  const gated = isGated(arrival);
  const count = perChunk(shape);
  const reads = [
    ...["z", "norms", "dy"],
    ...(second ? ["dy2"] : []),
    ...(block ? ["y"] : []),
    ...(shortcut ? ["short"] : []),
  ];
  const positive = block ? "y[at] > 0.0" : "z_ * scale + shift > 0.0";
  const load = `let z_ = z[at]; let g_ = select(0.0, dy[at]${second ? " + dy2[at]" : ""}, ${positive});${shortcut ? " let s_ = short[at];" : ""}`;
  const use = `plain += g_; weighted += g_ * (z_ - mean);${shortcut ? " weightedShort += g_ * (s_ - meanShort);" : ""}${gated ? " gradient[at] = g_;" : ""}`;
  return programOver(
    "batch norm, gradient of chunks",
    reads,
    [...(gated ? ["gradient"] : []), "sums"],
    count,
    `${locate(shape)}
${block ? "" : affine(shape, 0)}
${moments(shape, 0)}
${shortcut ? moments(shape, 1) : ""}
  var plain = 0.0;
  var weighted = 0.0;
  ${shortcut ? "var weightedShort = 0.0;" : ""}
${overRows(shape, load, use)}
  sums[index] = plain;
  sums[${count} + index] = weighted * inverse;
  ${shortcut ? `sums[${2 * count} + index] = weightedShort * inverseShort;` : ""}`,
  );
}

/**
 * Adds the sums of chunks and writes dβ = Σ g, dγ = Σ g·ẑ, and a table of gradients, of which
 * `normGradient` computes dz.
 */
export function mergeSums(shape: NormShape, shortcut: boolean, chunks = baseChunks(shape)): GpuProgram {
  const { groups, rows, channels } = shape;
  const lanes = lanesFor(chunks.count);
  const numbers = groups * chunks.count * channels;
  const names = ["plain", "weighted", ...(shortcut ? ["weightedShort"] : [])];
  const each = (line: (name: string, i: number) => string) => names.map(line).join("\n");
  const norms = shortcut ? [0, 1] : [0];
  const body = `${each((name) => `  var all_${name} = 0.0;`)}
  for (var g = 0; g < ${groups}; g++) {
    let first = g * ${chunks.count * channels} + c;
${each((name) => `    var ${name} = 0.0;`)}
    for (var i = lane; i < ${chunks.count}; i += ${lanes}) {
${each((name, i) => `      ${name} += sums[${i * numbers} + first + i * ${channels}];`)}
    }
${each((name) => `    of_${name}[slot] = ${name};`)}
    workgroupBarrier();
    if (lane == 0 && real) {
${each((name) => `      var sum_${name} = 0.0;`)}
      ${addedOverLanes(
        lanes,
        each((name) => `sum_${name} += of_${name}[at];`),
      )}
${each((name) => `      all_${name} += sum_${name};`)}
${norms
  .map(
    (norm) => `      {
        // dz = γ/σ · (g − mean(g) − ẑ · mean(g·ẑ)). Ioffe and Szegedy 2015, §3.
        let scale = ${entry("norms", shape, norm, 0)};
        let ofZ = -scale * ${entry("norms", shape, norm, 3)} * sum_${names[norm + 1]} / ${rows}.0;
        ${gradientEntry(shape, norm, 0)} = scale;
        ${gradientEntry(shape, norm, 1)} = ofZ;
        ${gradientEntry(shape, norm, 2)} = -scale * sum_plain / ${rows}.0 - ofZ * ${entry("norms", shape, norm, 2)};
        ${gradientEntry(shape, norm, 3)} = ${entry("norms", shape, norm, 1)};
      }`,
  )
  .join("\n")}
    }
    workgroupBarrier();
  }
  if (lane == 0 && real) {
    dBeta[c] = all_plain;
    dGamma[c] = all_weighted;
    ${shortcut ? "dBetaShort[c] = all_plain;\n    dGammaShort[c] = all_weightedShort;" : ""}
  }`;
  return lanesProgram({
    label: "batch norm, gradient sums",
    columns: channels,
    lanes,
    reads: ["sums", "norms"],
    writes: ["gradients", "dGamma", "dBeta", ...(shortcut ? ["dGammaShort", "dBetaShort"] : [])],
    shared: names.map((name) => `of_${name}`),
    body,
  });
}
