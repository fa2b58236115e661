import type { GpuProgram } from "../backend/backend";
import { sharesWork } from "../backend/lanes";
import { type Row, rowProgram } from "../backend/rows";
import { type Segment, slabBlock } from "../backend/slab";
import { workgroupSize } from "../backend/wgsl";

/**
 * Creates a program that adds up the squares of each block of flat tensors: [blocks · 64] each → [tensors, blocks].
 *
 * @param names the tensors, as bindings
 */
export function squaresOfBlocks(label: string, names: readonly string[], blocks: number): GpuProgram {
  const body = ({ each, sum }: Row) => `${names.map((name) => `  var of_${name} = 0.0;`).join("\n")}
  ${each(`let i = row * ${slabBlock} + c; ${names.map((name) => `of_${name} += ${name}[i] * ${name}[i];`).join(" ")}`)}
${names.map((name) => `  let all_${name} = ${sum(`of_${name}`)};`).join("\n")}
  if (isFirst) {
${names.map((name, i) => `    squares[${i * blocks} + row] = all_${name};`).join("\n")}
  }`;
  return rowProgram({ label, reads: names, writes: ["squares"], rows: blocks, columns: slabBlock, body });
}

interface PerSegment {
  readonly label: string;
  readonly segments: readonly (Segment & { readonly excluded?: boolean })[];
  readonly blocks: number;
  /** The sums that a segment's number is computed from. */
  readonly sums: number;
  /** WGSL that declares the number, `found`, given each sum over the segment's blocks; sees whether it is `excluded`. */
  readonly found: (sums: readonly string[]) => string;
}

/**
 * Creates a program that computes one number for each parameter and writes it for each of its blocks,
 * squares [sums, blocks] → [blocks]. Where sharing pays, a workgroup handles a parameter: some have thousands of blocks.
 */
export function perSegment({ label, segments, blocks, sums, found }: PerSegment): GpuProgram {
  const table = segments.map(
    ({ firstBlock, blocks: length, excluded }) => `vec3<i32>(${firstBlock}, ${length}, ${excluded ? 1 : 0})`,
  );
  const names = Array.from({ length: sums }, (_, i) => `sum${i}`);
  const eachBlock = (lanes: number, line: string) =>
    `  for (var i = segment.x + lane; i < segment.x + segment.y; i += ${lanes}) { ${line} }`;
  const body = ({ lanes, sum }: Row) => `  let segment = segments[row];
  let excluded = segment.z == 1;
${names.map((name) => `  var ${name} = 0.0;`).join("\n")}
${eachBlock(lanes, names.map((name, i) => `${name} += squares[${i * blocks} + i];`).join(" "))}
${names.map((name) => `  let all_${name} = ${sum(name)};`).join("\n")}
${found(names.map((name) => `all_${name}`))}
${eachBlock(lanes, "perBlock[i] = found;")}`;
  return rowProgram({
    label,
    reads: ["squares"],
    writes: ["perBlock"],
    rows: segments.length,
    columns: slabBlock,
    lanes: sharesWork() ? workgroupSize : 1,
    constants: `const segments = array<vec3<i32>, ${segments.length}>(${table.join(", ")});`,
    body,
  });
}
