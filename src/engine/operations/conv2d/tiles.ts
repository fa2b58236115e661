import type { GpuProgram } from "../../backend/backend";
import { foldedWorkgroups, storageOf } from "../../backend/wgsl";
import type { Chunks } from "../batch-norm/programs";
import { allOf, type Gather, layOut, type Tile, type TileLayout } from "./gather";
import { type Ending, loadCoefficients, namesOf, type Operand, stored, valueAt } from "./operand";
import { forwardReads } from "./programs";

export interface TileOptions {
  readonly tile: Tile;
  readonly workgroup: number;
  /** True if four adjacent invocations share their loads of the weights. Needs the device feature "subgroups". */
  readonly quad: boolean;
}

/** The fewest rows of a chunk: with fewer, its moments would take too much room. */
const leastRows = 7;

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const joined = (lines: readonly string[]) => lines.join("\n");

/** A WGSL identifier for a signed position, without a minus. */
const place = (at: number) => (at < 0 ? `m${-at}` : `${at}`);
const pixel = (row: number, column: number) => `x${place(row)}_${place(column)}`;

const pixelTiles = (gather: Gather, { down, across }: TileLayout) => gather.batch * down * across;

/** WGSL that declares the tile of an invocation: `part` among the tiles of channels, `spot` among those of pixels. */
function position(gather: Gather, layout: TileLayout, { workgroup, quad }: TileOptions, groups: number) {
  const spots = pixelTiles(gather, layout);
  const [x] = foldedWorkgroups(groups);
  const group = `  let group = i32(workgroup.x + workgroup.y * ${x}u);`;
  if (quad) {
    // A whole workgroup has the same channels, so that any four invocations can share weights; none may return early.
    return `${group}
  if (group >= ${groups}) { return; }
  let part = group % ${layout.channelTiles};
  let wanted = (group / ${layout.channelTiles}) * ${workgroup} + i32(local);
  let alive = wanted < ${spots};
  let spot = min(wanted, ${spots - 1});
  let lane = i32(subgroup & 3u);`;
  }
  return `${group}
  let index = group * ${workgroup} + i32(local);
  if (index >= ${spots * layout.channelTiles}) { return; }
  let part = index / ${spots};
  let spot = index % ${spots};`;
}

/** What a tiled program reads and writes beside the products. */
export interface TileExtras {
  /** The input (default: stored as it is). */
  readonly x?: Operand | undefined;
  /** True to write the numbers of the input too, of which {@link seesAllOnce} must be true. */
  readonly keepsX?: boolean | undefined;
  /** True to write each tile's moments too, [2, tiles, channels], for tiles that are {@link momentChunks}. */
  readonly moments?: boolean;
  /** What becomes of the sums; writes its own sums of each tile, likewise of {@link momentChunks}. */
  readonly ending?: Ending | undefined;
}

/** Whether no tile has pixels of two groups of images. */
export function keepsGroupsApart({ batch, output }: Gather, { tile }: TileOptions, groups: number): boolean {
  return batch % groups === 0 || (batch === 1 && (output.width / groups) % tile.width === 0);
}

/** The most tiles of channels for which an input is computed again and again as it is loaded, if that takes many loads. */
const mostChannelTiles = 2;

/** The times that computing an input number anew fits into a pass that computes it once and writes it, as measured. */
const mostComputed = 20;

/** Whether an input is computed as it is loaded in less time than by itself: every tile of channels computes it again. */
export function paysToCompute(gather: Gather, { tile }: TileOptions): boolean {
  const { patch, channelTiles } = layOut(gather, tile);
  return patch.length * channelTiles <= mostComputed * tile.height * tile.width;
}

/** Whether each tile reads the input pixels at its own place, and these numbers are not computed too often. */
export function seesAllOnce({ input, output, step }: Gather, { tile }: TileOptions): boolean {
  const isSame = input.height === output.height && input.width === output.width && step(1) === 1;
  return isSame && Math.ceil(output.channels / tile.channels) <= mostChannelTiles;
}

/** WGSL that writes the input pixels at the tile's own place, in a loop over input channels. */
function keptInput({ input }: Gather, { patch }: TileLayout, { tile }: TileOptions): string[] {
  const own = patch.filter(
    ({ row, column }) => row >= 0 && row < tile.height && column >= 0 && column < tile.width,
  );
  const stores = own.map(({ row, column, guardRow, guardColumn }) => {
    const store = `keptX[at + ${(row * input.width + column) * input.channels}] = ${pixel(row, column)};`;
    const guard = allOf([guardRow ? `row${place(row)}` : "", guardColumn ? `column${place(column)}` : ""]);
    return guard ? `      if (${guard}) { ${store} }` : `      ${store}`;
  });
  return ["    if (isFirst) {", ...stores, "    }"];
}

/** WGSL of a tile's group of images. If all pixels are one row, so are those of a group. */
function groupOf({ batch, output }: Gather, groups: number): string {
  if (groups === 1) return "0";
  return batch % groups === 0 ? `n / ${batch / groups}` : `outColumn / ${output.width / groups}`;
}

/** WGSL of the products of one input channel: loads the patch and each tap's weights once, then multiplies and adds. */
function productsOf(
  gather: Gather,
  layout: TileLayout,
  options: TileOptions,
  { x = stored("x"), keepsX }: TileExtras,
): string {
  const { input, weight } = gather;
  const { tile, quad } = options;
  const loads = layout.patch.map(({ row, column, guardRow, guardColumn }) => {
    const load = valueAt(x, `at + ${(row * input.width + column) * input.channels}`, "x");
    const guards = [guardRow ? `row${place(row)}` : "", guardColumn ? `column${place(column)}` : ""];
    const guard = allOf(guards);
    return `    let ${pixel(row, column)} = ${guard ? `select(0.0, ${load}, ${guard})` : load};`;
  });
  const taps = layout.products.map(({ tapRow, tapColumn, pairs }) => {
    const name = (c: number) => `w${tapRow}_${tapColumn}_${c}`;
    const base = weight.tap(tapRow, tapColumn);
    const weights = range(tile.channels).map((c) => {
      if (!quad) return `    let ${name(c)} = w[wAt + ${base + c * weight.c}];`;
      const shared = `q${tapRow}_${tapColumn}_${c - (c % 4)}`;
      const load =
        c % 4 === 0 ? `    let ${shared} = w[wAt + lane * ${weight.c} + ${base + c * weight.c}];\n` : "";
      return `${load}    let ${name(c)} = quadBroadcast(${shared}, ${c % 4}u);`;
    });
    const sums = pairs.flatMap(({ y, x, row, column }) =>
      range(tile.channels).map((c) => `    s${y}_${x}_${c} += ${pixel(row, column)} * ${name(c)};`),
    );
    return joined([...weights, ...sums]);
  });
  const coefficients = loadCoefficients(x, "x", { c: "k", g: "group_of_images" });
  const kept = keepsX ? keptInput(gather, layout, options) : [];
  return joined([...coefficients.map((line) => `    ${line}`), ...loads, ...kept, ...taps]);
}

/** Whether all tiles are whole and none has pixels of two groups, so that each is a chunk of a batch norm's rows. */
export function momentChunks(gather: Gather, { tile }: TileOptions, groups: number): Chunks | undefined {
  const { batch, output } = gather;
  const [down, across] = [output.height / tile.height, output.width / tile.width];
  const count = (batch * down * across) / groups;
  const rows = tile.height * tile.width;
  const isWhole = [down, across, count].every(Number.isInteger) && (batch % groups === 0 || batch === 1);
  return isWhole && rows >= leastRows ? { count, rows } : undefined;
}

/** The sum of each channel of a tile, and its squares about the tile's own mean. */
function moments(gather: Gather, { tile, quad }: TileOptions): string {
  const { batch, output } = gather;
  const { height, width, channels } = tile;
  const numbers = (batch * output.height * output.width * output.channels) / (height * width);
  const pixels = range(height).flatMap((y) => range(width).map((x) => `s${y}_${x}`));
  const last = output.channels % channels;
  const lines = range(channels).map((c) => {
    const total = pixels.map((s) => `${s}_${c}`).join(" + ");
    const squares = pixels.map((s) => `(${s}_${c} - mean) * (${s}_${c} - mean)`).join(" + ");
    const guards = [
      quad ? "alive" : "",
      last !== 0 && c >= last ? `channel + ${c} < ${output.channels}` : "",
    ];
    const guard = allOf(guards);
    const body = `let total = ${total}; let mean = total / ${pixels.length}.0;
    moments[chunk + ${c}] = total;
    moments[${numbers} + chunk + ${c}] = ${squares};`;
    return guard ? `  if (${guard}) { ${body} }` : `  { ${body} }`;
  });
  return joined([`  let chunk = spot * ${output.channels} + channel;`, ...lines]);
}

/** WGSL that stores what becomes of the sums, pixel by pixel, and the ending's own sums of each channel. */
function endingOf(gather: Gather, { tile, quad }: TileOptions, ending: Ending): string {
  const { batch, output } = gather;
  const { height, width, channels } = tile;
  const numbers = (batch * output.height * output.width * output.channels) / (height * width);
  const last = output.channels % channels;
  const guarded = (c: number, lines: readonly string[]) =>
    last !== 0 && c >= last
      ? `    if (channel + ${c} < ${output.channels}) { ${lines.join(" ")} }`
      : `    ${lines.join(" ")}`;
  const prefix = (c: number) => `of${c}`;
  const totals = (c: number) => ending.sums.map((_, i) => `total${c}_${i}`);
  const each = (lines: (c: number) => readonly string[]) => range(channels).map((c) => guarded(c, lines(c)));
  const pixels = range(height).flatMap((y) =>
    range(width).flatMap((x) =>
      each((c) => {
        const names = namesOf(ending, prefix(c));
        const at = `to + ${(y * output.width + x) * output.channels + c}`;
        const sum = ending.adds ? `(s${y}_${x}_${c} + y[${at}])` : `s${y}_${x}_${c}`;
        const added = ending.sums.map(({ term }, i) => `${totals(c)[i]} += ${term("g", at, names)};`);
        return [`{ let g = ${ending.value(sum, at, names)}; y[${at}] = g; ${added.join(" ")} }`];
      }),
    ),
  );
  const written = each((c) =>
    ending.sums.map(
      ({ factor }, i) =>
        `sums[${i * numbers} + chunk + ${c}] = ${totals(c)[i]} * ${factor(namesOf(ending, prefix(c)))};`,
    ),
  );
  return joined([
    `  let chunk = spot * ${output.channels} + channel;`,
    quad ? "  if (alive) {" : "  {",
    // Past the last channel any coefficients will do.
    ...range(channels).flatMap((c) => [
      ...loadCoefficients(ending, prefix(c), { c: `(channel + ${c})`, g: "group_of_images" }),
      ...totals(c).map((total) => `    var ${total} = 0.0;`),
    ]),
    ...pixels,
    ...written,
    "  }",
  ]);
}

function stores(gather: Gather, { tile, quad }: TileOptions): string {
  const { output } = gather;
  const { height, width, channels } = tile;
  const lines = range(height).flatMap((y) =>
    range(width).map((x) => {
      const guards = [
        output.height % height === 0 ? "" : `outRow + ${y} < ${output.height}`,
        output.width % width === 0 ? "" : `outColumn + ${x} < ${output.width}`,
        quad ? "alive" : "",
      ];
      const guard = allOf(guards);
      const written = range(channels).map((c) => {
        const store = `y[to + ${(y * output.width + x) * output.channels + c}] = s${y}_${x}_${c};`;
        const last = output.channels % channels;
        // Only the last tile of channels can be incomplete.
        return last !== 0 && c >= last ? `if (channel + ${c} < ${output.channels}) { ${store} }` : store;
      });
      return guard ? `  if (${guard}) { ${written.join(" ")} }` : `  ${written.join(" ")}`;
    }),
  );
  return joined(lines);
}

/**
 * Creates a program in which each invocation sums a tile of output pixels and channels in registers, without barriers or
 * workgroup memory, in a loop over input channels. Sums run over channels, then taps, in a fixed order.
 */
export function tiledProgram(gather: Gather, options: TileOptions, extras: TileExtras = {}): GpuProgram {
  const { x = stored("x"), moments: withMoments = false, keepsX, ending } = extras;
  const { tile, workgroup, quad } = options;
  const { input, output, weight } = gather;
  const layout = layOut(gather, tile);
  const spots = pixelTiles(gather, layout);
  const groups = quad
    ? Math.ceil(spots / workgroup) * layout.channelTiles
    : Math.ceil((spots * layout.channelTiles) / workgroup);
  const guarded = (key: "row" | "column") =>
    [
      ...new Set(
        layout.patch.filter((at) => (key === "row" ? at.guardRow : at.guardColumn)).map((at) => at[key]),
      ),
    ].map((at) => {
      const [limit, first] = key === "row" ? [input.height, "top"] : [input.width, "left"];
      return `  let ${key}${place(at)} = u32(${first} + ${at}) < ${limit}u;`;
    });
  // Past the last channel any number will do, since its sums are not stored.
  const start = (c: number) => (gather.biased ? `bias[channel + ${c}]` : "0.0");
  const sums = range(tile.height).flatMap((y) =>
    range(tile.width).flatMap((x) => range(tile.channels).map((c) => `  var s${y}_${x}_${c} = ${start(c)};`)),
  );
  const { access, declarations } = storageOf(
    [...forwardReads(gather, x), ...(ending?.reads ?? [])],
    ["y", ...(withMoments ? ["moments"] : []), ...(keepsX ? ["keptX"] : []), ...(ending ? ["sums"] : [])],
  );
  return {
    label: `${gather.label}, ${tile.height}×${tile.width}×${tile.channels} tiles${quad ? ", quads" : ""}`,
    access,
    workgroups: foldedWorkgroups(groups),
    wgsl: `${quad ? "enable subgroups;\n" : ""}${declarations}
${x.helpers ?? ""}
@compute @workgroup_size(${workgroup})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) local: u32${
      quad ? ", @builtin(subgroup_invocation_id) subgroup: u32" : ""
    }) {
${position(gather, layout, options, groups)}
  let channel = part * ${tile.channels};
  let tileColumn = spot % ${layout.across};
  let tileRow = (spot / ${layout.across}) % ${layout.down};
  let n = spot / ${layout.across * layout.down};
  let outRow = tileRow * ${tile.height};
  let outColumn = tileColumn * ${tile.width};
  let top = tileRow * ${gather.step(tile.height)};
  let left = tileColumn * ${gather.step(tile.width)};
  let first = ((n * ${input.height} + top) * ${input.width} + left) * ${input.channels};
  let to = ((n * ${output.height} + outRow) * ${output.width} + outColumn) * ${output.channels} + channel;
${keepsX ? `  let isFirst = part == 0${quad ? " && alive" : ""};` : ""}
  let group_of_images = ${groupOf(gather, ending?.groups ?? x.groups)};
${joined([...guarded("row"), ...guarded("column"), ...sums])}
  for (var k = 0; k < ${input.channels}; k++) {
    let at = first + k;
    let wAt = k * ${weight.k} + channel * ${weight.c};
${productsOf(gather, layout, options, extras)}
  }
${ending ? endingOf(gather, options, ending) : stores(gather, options)}
${withMoments ? moments(gather, options) : ""}
}`,
  };
}
