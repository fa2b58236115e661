import type { GpuProgram } from "../../backend/backend";
import { foldedWorkgroups, storageOf } from "../../backend/wgsl";
import { type ConvolutionKernel, sumOfParts } from "./filter-gradient";
import { allOf } from "./gather";
import { declareCoefficients, type Fusion, loadCoefficients, type Operand, stored, valueAt } from "./operand";
import type { ConvolutionShape } from "./programs";

/** The work of one invocation of the filter gradient: all taps of `from` × `to` channels, over some rows of pixels. */
export interface FilterTile {
  readonly from: number;
  readonly to: number;
  /** Output pixels per block: they share loads, and each sum is carried from block to block less often. */
  readonly rows: number;
  readonly columns: number;
  /** The number of parts that the rows of blocks of all images are split into; a second program adds them in order. */
  readonly parts: number;
  /** A workgroup is four invocations that differ in input channels and share their loads of dy. Needs "subgroups". */
  readonly quad: boolean;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const joined = (lines: readonly string[]) => lines.join("\n");

/** Treats all pixels of all images as one image one pixel wide, if a 1×1 filter makes each pixel independent. */
export function asOneColumn(shape: ConvolutionShape): ConvolutionShape {
  const { batch, height, width, kernelHeight, kernelWidth, stride, padding } = shape;
  if (kernelHeight * kernelWidth !== 1 || stride !== 1 || padding !== 0) return shape;
  const pixels = batch * height * width;
  return { ...shape, batch: 1, height: pixels, width: 1, outHeight: pixels, outWidth: 1 };
}

/** Returns for which blocks row (or column) `at` of their window is inside the image: "all", "none", or "some". */
function inside(shape: ConvolutionShape, tile: FilterTile, axis: "rows" | "columns", at: number) {
  const [size, out] = axis === "rows" ? [shape.height, shape.outHeight] : [shape.width, shape.outWidth];
  const first = at - shape.padding;
  const last = first + (Math.ceil(out / tile[axis]) - 1) * tile[axis] * shape.stride;
  if (first >= 0 && last < size) return "all";
  return last < 0 || first >= size ? "none" : "some";
}

/** The rows (or columns) of a block's window that are inside the image for at least one block. */
function windowOf(shape: ConvolutionShape, tile: FilterTile, axis: "rows" | "columns"): number[] {
  const kernel = axis === "rows" ? shape.kernelHeight : shape.kernelWidth;
  return range((tile[axis] - 1) * shape.stride + kernel).filter(
    (at) => inside(shape, tile, axis, at) !== "none",
  );
}

/** The columns of the window: those kept from one block of pixels to the next, and those loaded for each block. */
function slidingColumns(shape: ConvolutionShape, tile: FilterTile) {
  const columns = windowOf(shape, tile, "columns");
  const chunkStep = tile.columns * shape.stride;
  const isOnly = Math.ceil(shape.outWidth / tile.columns) === 1;
  const kept = isOnly ? [] : columns.filter((q) => columns.includes(q + chunkStep));
  return { columns, chunkStep, kept, fresh: columns.filter((q) => !kept.includes(q)) };
}

/** Counts the loads and products of a block of pixels per input channel, for estimates. */
export function filterWindow(shape: ConvolutionShape, tile: FilterTile) {
  const windowRows = windowOf(shape, tile, "rows");
  const { columns, fresh } = slidingColumns(shape, tile);
  const met = (taps: number, pixels: number, places: readonly number[]) =>
    range(taps).reduce(
      (sum, tap) => sum + range(pixels).filter((at) => places.includes(at * shape.stride + tap)).length,
      0,
    );
  return {
    windowRows: windowRows.length,
    freshColumns: fresh.length,
    meetings: met(shape.kernelHeight, tile.rows, windowRows) * met(shape.kernelWidth, tile.columns, columns),
  };
}

/** WGSL that loads column `q` of the window, for every row and input channel, as zero outside the image. */
function columnLoads(
  shape: ConvolutionShape,
  tile: FilterTile,
  x: Operand,
  q: number,
  column: "column" | "start",
): string[] {
  const { width, from, padding } = shape;
  return windowOf(shape, tile, "rows").flatMap((r) => {
    const asked = column === "column" && inside(shape, tile, "columns", q) === "some";
    const guards = [
      inside(shape, tile, "rows", r) === "some" ? `row${r}` : "",
      asked ? `u32(column + ${q - padding}) < ${width}u` : "",
    ];
    const guard = allOf(guards);
    return range(tile.from).map((a) => {
      if (column === "start" && (q < padding || q - padding >= width)) return `      x${r}_${q}_${a} = 0.0;`;
      const load = valueAt(
        x,
        `${column === "start" ? "first" : "at"} + ${(r * width + q) * from + a}`,
        `x${a}`,
      );
      return `      x${r}_${q}_${a} = ${guard ? `select(0.0, ${load}, ${guard})` : load};`;
    });
  });
}

/** The division of the work into workgroups. A quad's four invocations differ in input channels; some may be idle. */
export function groupsOfFilterTiles(shape: ConvolutionShape, tile: FilterTile) {
  const { batch, from, to, outHeight } = shape;
  const down = Math.ceil(outHeight / tile.rows);
  const rowsEach = Math.ceil((batch * down) / tile.parts);
  const parts = Math.ceil((batch * down) / rowsEach);
  const fromTiles = Math.ceil(from / tile.from);
  const toTiles = Math.ceil(to / tile.to);
  const workgroup = tile.quad ? 4 : 16;
  const invocations = fromTiles * toTiles * parts;
  const groups = tile.quad ? Math.ceil(fromTiles / 4) * toTiles * parts : Math.ceil(invocations / workgroup);
  return { down, rowsEach, parts, fromTiles, toTiles, workgroup, invocations, groups };
}

/** Whether no block of rows has pixels of two groups of images. */
export function rowsKeepGroupsApart(shape: ConvolutionShape, tile: FilterTile, groups: number): boolean {
  const { batch, outHeight } = asOneColumn(shape);
  return batch % groups === 0 || (batch === 1 && (outHeight / groups) % tile.rows === 0);
}

/** The most invocations, or quads, for which a gradient is computed again and again as it is loaded. */
const mostReaders = 2;

/** Whether few enough invocations compute each number of dy. */
export const paysToComputeDy = (shape: ConvolutionShape, tile: FilterTile): boolean =>
  readersOfDy(shape, tile) <= mostReaders;

const readersOfDy = ({ from }: ConvolutionShape, tile: FilterTile) =>
  Math.ceil(Math.ceil(from / tile.from) / (tile.quad ? 4 : 1));

/** WGSL that loads the coefficients of both operands: before the loop over rows, or whenever a row is of another group. */
function coefficientLoads(
  { batch, outHeight }: ConvolutionShape,
  tile: FilterTile,
  x: Operand,
  dy: Operand,
): { readonly before: readonly string[]; readonly inRow: readonly string[] } {
  const groups = Math.max(x.groups, dy.groups);
  const operands = [
    ...range(tile.from).map((a) => ({ operand: x, prefix: `x${a}`, c: `ci + ${a}` })),
    ...range(tile.to)
      .filter((c) => !tile.quad || c % 4 === 0)
      .map((c) => ({ operand: dy, prefix: `g${c}`, c: `co + ${c}${tile.quad ? " + lane" : ""}` })),
  ];
  const loads = (g: string, assigned: boolean) =>
    operands.flatMap(({ operand, prefix, c }) =>
      loadCoefficients(operand, prefix, { c, g: operand.groups === 1 ? "0" : g, assigned }),
    );
  const declared = operands.flatMap(({ operand, prefix }) => declareCoefficients(operand, prefix));
  if (declared.length === 0 || groups === 1) return { before: loads("0", false), inRow: [] };
  const group = batch % groups === 0 ? `n / ${batch / groups}` : `oy / ${outHeight / groups}`;
  return {
    before: [...declared, "var held = -1;"],
    inRow: [`if (${group} != held) {`, `held = ${group};`, ...loads("held", true), "}"],
  };
}

/**
 * dW [kh, kw, from, to] by tiles of channels in registers: a window slides along each row; all taps use each pixel.
 *
 * @param fusion its groups must be {@link rowsKeepGroupsApart}
 */
export function tiledFilterGradient(
  convolution: ConvolutionShape,
  tile: FilterTile,
  { x = stored("x"), dy = stored("dy"), keepsDy = false }: Fusion = {},
): ConvolutionKernel {
  const shape = asOneColumn(convolution);
  const { batch, height, width, from, to, kernelHeight, kernelWidth, outHeight, outWidth, stride, padding } =
    shape;
  const weights = kernelHeight * kernelWidth * from * to;
  const { down, rowsEach, parts, fromTiles, toTiles, workgroup, invocations, groups } = groupsOfFilterTiles(
    shape,
    tile,
  );
  const across = Math.ceil(outWidth / tile.columns);
  const windowRows = windowOf(shape, tile, "rows");
  const { columns, chunkStep, kept, fresh } = slidingColumns(shape, tile);
  const pixels = range(tile.rows).flatMap((v) => range(tile.columns).map((u) => ({ v, u })));

  const eachTap = <T>(what: (ky: number, kx: number) => T) =>
    range(kernelHeight).flatMap((ky) => range(kernelWidth).map((kx) => what(ky, kx)));
  const window = columns.flatMap((q) =>
    windowRows.flatMap((r) => range(tile.from).map((a) => `    var x${r}_${q}_${a} = 0.0;`)),
  );
  const sums = eachTap((ky, kx) =>
    range(tile.from).flatMap((a) => range(tile.to).map((c) => `  var s${ky}_${kx}_${a}_${c} = 0.0;`)),
  ).flat();
  /** Whether only one invocation, or one quad, reads a number of dy, which it then writes. */
  const isOnly = readersOfDy(shape, tile) === 1;
  const gradients = pixels.flatMap(({ v, u }) =>
    range(tile.to).map((c) => {
      const guards = [
        outHeight % tile.rows === 0 ? "" : `oy + ${v} < ${outHeight}`,
        outWidth % tile.columns === 0 ? "" : `ox + ${u} < ${outWidth}`,
      ];
      const guard = allOf(guards);
      const guarded = (load: string) => (guard ? `select(0.0, ${load}, ${guard})` : load);
      const at = (v * outWidth + u) * to + c;
      const kept = (channel: string, index: string, name: string) => {
        const inside = [guard, c + (tile.quad ? 3 : 0) < tile.to ? "" : `${channel} < ${tile.to}`];
        if (to % tile.to !== 0) inside.push(`co + ${channel} < ${to}`);
        const store = `keptDy[${index}] = ${name};`;
        const condition = allOf([isOnly ? "" : "isFirst", ...inside]);
        if (!keepsDy) return "";
        return `\n      ${condition ? `if (${condition}) { ${store} }` : store}`;
      };
      if (!tile.quad) {
        const [index, name] = [`dyAt + ${at}`, `g${v}_${u}_${c}`];
        const load = guarded(valueAt(dy, index, `g${c}`));
        return `      let ${name} = ${load};${kept(`${c}`, index, name)}`;
      }
      const [index, name] = [`dyAt + lane + ${at}`, `h${v}_${u}_${c}`];
      const load = guarded(valueAt(dy, index, `g${c}`));
      const shared = c % 4 === 0 ? `      let ${name} = ${load};${kept(`lane + ${c}`, index, name)}\n` : "";
      return `${shared}      let g${v}_${u}_${c} = quadBroadcast(h${v}_${u}_${c - (c % 4)}, ${c % 4}u);`;
    }),
  );
  const products = eachTap((ky, kx) => {
    const met = pixels.filter(
      ({ v, u }) => windowRows.includes(v * stride + ky) && columns.includes(u * stride + kx),
    );
    if (met.length === 0) return [];
    return range(tile.from).flatMap((a) =>
      range(tile.to).map((c) => {
        const terms = met.map(({ v, u }) => `x${v * stride + ky}_${u * stride + kx}_${a} * g${v}_${u}_${c}`);
        return `      s${ky}_${kx}_${a}_${c} += ${terms.join(" + ")};`;
      }),
    );
  }).flat();
  const slide = kept.flatMap((q) =>
    windowRows.flatMap((r) =>
      range(tile.from).map((a) => `      x${r}_${q}_${a} = x${r}_${q + chunkStep}_${a};`),
    ),
  );
  const guardedRows = windowRows
    .filter((r) => inside(shape, tile, "rows", r) === "some")
    .map((r) => `    let row${r} = u32(top + ${r}) < ${height}u;`);
  const stores = eachTap((ky, kx) =>
    range(tile.from).map((a) => {
      const base = ((ky * kernelWidth + kx) * from + a) * to;
      const line = range(tile.to).map((c) => {
        const store = `sums[wAt + ${base + c}] = s${ky}_${kx}_${a}_${c};`;
        return to % tile.to !== 0 && c >= to % tile.to ? `if (co + ${c} < ${to}) { ${store} }` : store;
      });
      const cut = from % tile.from !== 0 && a >= from % tile.from;
      return cut ? `  if (ci + ${a} < ${from}) { ${line.join(" ")} }` : `  ${line.join(" ")}`;
    }),
  ).flat();

  const [groupsAcross] = foldedWorkgroups(groups);
  const place = tile.quad
    ? `  if (group >= ${groups}) { return; }
  let part = group / ${Math.ceil(fromTiles / 4) * toTiles};
  let co = ((group / ${Math.ceil(fromTiles / 4)}) % ${toTiles}) * ${tile.to};
  let ci = ((group % ${Math.ceil(fromTiles / 4)}) * 4 + i32(local)) * ${tile.from};
  let lane = i32(subgroup & 3u);`
    : `  let index = group * ${workgroup} + i32(local);
  if (index >= ${invocations}) { return; }
  let ci = (index % ${fromTiles}) * ${tile.from};
  let co = ((index / ${fromTiles}) % ${toTiles}) * ${tile.to};
  let part = index / ${fromTiles * toTiles};`;
  const idle = tile.quad && fromTiles % 4 !== 0;
  const { access, declarations } = storageOf(
    [...x.reads, ...dy.reads],
    ["sums", ...(keepsDy ? ["keptDy"] : [])],
  );
  const coefficients = coefficientLoads(shape, tile, x, dy);
  const isFirst = tile.quad ? `group % ${Math.ceil(fromTiles / 4)} == 0` : "ci == 0";
  const partial: GpuProgram = {
    label: `conv2d filter gradient, ${tile.from}×${tile.to} channels${tile.quad ? ", quads" : ""}`,
    access,
    workgroups: foldedWorkgroups(groups),
    wgsl: `${tile.quad ? "enable subgroups;\n" : ""}${declarations}
${x.helpers ?? ""}
${dy.helpers ?? ""}
@compute @workgroup_size(${workgroup})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) local: u32${
      tile.quad ? ", @builtin(subgroup_invocation_id) subgroup: u32" : ""
    }) {
  let group = i32(workgroup.x + workgroup.y * ${groupsAcross}u);
${place}
${keepsDy ? `  let isFirst = ${isFirst};` : ""}
${joined(coefficients.before)}
${joined(sums)}
  for (var r = part * ${rowsEach}; r < min(${batch * down}, (part + 1) * ${rowsEach}); r++) {
    let n = r / ${down};
    let oy = (r % ${down}) * ${tile.rows};
    let top = oy * ${stride} - ${padding};
${joined([...coefficients.inRow, ...guardedRows, ...window])}
    let first = ((n * ${height} + top) * ${width} - ${padding}) * ${from} + ci;
    let dyRow = (n * ${outHeight} + oy) * ${outWidth * to} + co;
${joined(kept.flatMap((q) => columnLoads(shape, tile, x, q, "start")))}
${across === 1 ? "    let ox = 0;" : `    for (var ox = 0; ox < ${outWidth}; ox += ${tile.columns}) {`}
      let column = ox * ${stride};
      let at = first + column * ${from};
      let dyAt = dyRow + ox * ${to};
${joined([...fresh.flatMap((q) => columnLoads(shape, tile, x, q, "column")), ...gradients, ...products, ...slide])}
${across === 1 ? "" : "    }"}
  }
  ${idle ? `if (ci >= ${from}) { return; }` : ""}
  let wAt = part * ${weights} + ci * ${to} + co;
${joined(stores)}
}`,
  };
  return { partial, reduce: parts > 1 ? sumOfParts(weights, parts) : undefined, splits: parts };
}
