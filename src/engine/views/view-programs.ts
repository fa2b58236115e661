import type { GpuProgram } from "../backend/backend";
import { mainOver, workgroupsFor } from "../backend/wgsl";
import type { Normalization } from "./normalization";
import { blurRadius, type RenderRecipe } from "./parameters";
import { policySteps } from "./policy/policy";
import {
  croppedWgsl,
  drawViewWgsl,
  type ImageShape,
  jitterWgsl,
  pixelWgsl,
  texelWgsl,
  viewStruct,
} from "./views.wgsl";

/** A batch of views: those of the first recipe, then those of the second, and so on. */
export interface ViewsShape extends ImageShape {
  readonly batch: number;
  readonly recipes: readonly RenderRecipe[];
  /** Pixels per side of the views. */
  readonly side: number;
  /** Whether images are found through a table of places. */
  readonly windowed?: boolean;
}

/** Whether the contrast of a view may change, which needs a mean over its pixels. */
export function changesContrast({ recipes }: ViewsShape): boolean {
  return recipes.some(({ contrast, jitterProbability }) => contrast > 0 && jitterProbability > 0);
}

export function blurs({ recipes }: ViewsShape): boolean {
  return recipes.some((recipe) => recipe.blurProbability > 0 && blurRadius(recipe) > 0);
}

/**
 * The program that draws the parameters of every view. If a contrast changes, every row of a view is an invocation,
 * which also sums the gray of its pixels as they are before the contrast is applied; the next program sums the rows.
 * Bindings: batch, clock, views (, packed pixels, sums [views, side]) (, places).
 */
export function drawProgram(shape: ViewsShape): GpuProgram {
  const { side, batch, recipes, windowed } = shape;
  const views = recipes.length * batch;
  const contrast = changesContrast(shape);
  const access: GpuProgram["access"] = contrast
    ? ["read", "read", "write", "read", "write"]
    : ["read", "read", "write"];
  const rows = contrast ? side : 1;
  const sumOfRow = /* wgsl */ `
  var sum = 0.0;
  if (drawn.jitter != 0u) {
    let end = placeOf(drawn, CONTRAST);
    for (var x = 0; x < ${side}; x++) { sum += grayOf(jittered(drawn, cropped(drawn, row, x), 0.0, end)); }
  }
  sums[index] = sum;`;
  return {
    label: "draw views",
    access: windowed ? [...access, "read"] : access,
    workgroups: workgroupsFor(views * rows),
    wgsl: `${viewStruct}${drawViewWgsl(recipes)}
@group(0) @binding(0) var<storage, read> batch: array<i32>;
@group(0) @binding(1) var<storage, read> clock: array<i32>;
@group(0) @binding(2) var<storage, read_write> views: array<View>;
${
  contrast
    ? `@group(0) @binding(3) var<storage, read> pixels: array<i32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;
${pixelWgsl(shape)}${texelWgsl(shape)}${croppedWgsl(shape)}${jitterWgsl(shape)}`
    : ""
}
${windowed ? placesWgsl(access.length) : ""}
${mainOver(
  views * rows,
  `  let row = index % ${rows};
  let place = index / ${rows};
  var drawn = drawView(place / ${batch}, clock[0], clock[1], batch[place % ${batch}]);
  ${windowed ? "drawn.image = places[drawn.image];" : ""}
  if (row == 0) { views[place] = drawn; }${contrast ? sumOfRow : ""}`,
)}`,
  };
}

const placesWgsl = (binding: number) =>
  `@group(0) @binding(${binding}) var<storage, read> places: array<i32>;`;

/** Pixels of one row that one invocation renders, so that shared values are read once. */
export function runOf(size: number): number {
  return [4, 2].find((run) => size % run === 0) ?? 1;
}

/** Solarization and normalization, the end of both paths. The flip is done by reading from the mirrored place. */
export function finish({ mean, std }: Normalization): string {
  const vector = (numbers: readonly number[]) => `Pixel(${numbers.map((x) => `f32(${x})`).join(", ")})`;
  return /* wgsl */ `
fn normalized(pixel: Pixel) -> Pixel {
  return (pixel - ${vector(mean)}) / ${vector(std)};
}

fn finished(drawn: View, pixel: Pixel) -> Pixel {
  let solarized = select(1.0 - pixel, pixel, pixel < Pixel(0.5));
  return normalized(select(pixel, solarized, drawn.solarize == 1u));
}
`;
}

export const store = ({ channels }: ImageShape, at: string, value: string) =>
  channels === 1
    ? `out[${at}] = ${value};`
    : Array.from({ length: 3 }, (_, i) => `out[(${at}) * 3 + ${i}] = ${value}[${i}];`).join(" ");

/** WGSL that computes view (`place`), row and first column of an invocation's run of pixels. */
export const runHead = (size: number) => {
  const runs = size / runOf(size);
  return `  let first = (index % ${runs}) * ${runOf(size)};
  let y = (index / ${runs}) % ${size};
  let place = index / ${runs * size};`;
};

/**
 * The program for crop, jitter and grayscale of every pixel, and for the finish if no other program follows.
 * Bindings: packed pixels, views, out (, sums).
 */
export function pixelsProgram(shape: ViewsShape, normalization: Normalization): GpuProgram {
  const { side, batch, recipes } = shape;
  const contrast = changesContrast(shape);
  const last = !blurs(shape) && policySteps(recipes) === 0;
  const invocations = (recipes.length * batch * side * side) / runOf(side);
  const meanOf = /* wgsl */ `
  if (drawn.jitter != 0u) {
    for (var row = 0; row < ${side}; row++) { mean += sums[place * ${side} + row]; }
    mean /= ${side * side}.0;
  }`;
  return {
    label: "render views",
    access: ["read", "read", "write", ...(contrast ? (["read"] as const) : [])],
    workgroups: workgroupsFor(invocations),
    wgsl: `${viewStruct}
@group(0) @binding(0) var<storage, read> pixels: array<i32>;
@group(0) @binding(1) var<storage, read> views: array<View>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
${contrast ? "@group(0) @binding(3) var<storage, read> sums: array<f32>;" : ""}
${pixelWgsl(shape)}${texelWgsl(shape)}${croppedWgsl(shape)}${jitterWgsl(shape)}${finish(normalization)}
${mainOver(
  invocations,
  `${runHead(side)}
  let drawn = views[place];
  var mean = 0.0;${contrast ? meanOf : ""}
  for (var x = first; x < first + ${runOf(side)}; x++) {
    var pixel = cropped(drawn, y, ${last ? `select(x, ${side - 1} - x, drawn.flip == 1u)` : "x"});
    if (drawn.jitter != 0u) { pixel = jittered(drawn, pixel, mean, 4u); }
    if (drawn.grayscale == 1u) { pixel = Pixel(saturate(grayOf(pixel))); }
    ${last ? "pixel = finished(drawn, pixel);" : ""}
    ${store(shape, `(place * ${side} + y) * ${side} + x`, "pixel")}
  }`,
)}`,
  };
}

/** `name(place, y, x)`: a pixel of view `place` in `colored`. */
export function coloredWgsl({ side, channels }: ViewsShape, name: string): string {
  const read = Array.from({ length: channels }, (_, channel) => `colored[at * ${channels} + ${channel}]`);
  return /* wgsl */ `
fn ${name}(place: i32, y: i32, x: i32) -> Pixel {
  let at = (place * ${side} + y) * ${side} + x;
  return Pixel(${read.join(", ")});
}
`;
}

/**
 * The program for one direction of the blur: rows first, then columns, with the finish if no policy follows.
 * Bindings: colored, views, out.
 */
export function blurProgram(
  shape: ViewsShape,
  along: "rows" | "columns",
  normalization: Normalization,
): GpuProgram {
  const { side, batch, recipes } = shape;
  const invocations = (recipes.length * batch * side * side) / runOf(side);
  const isColumns = along === "columns";
  const last = isColumns && policySteps(recipes) === 0;
  const neighbor = isColumns ? "clamp(y + d, 0, LAST), column" : "y, clamp(column + d, 0, LAST)";
  return {
    label: `blur ${along}`,
    access: ["read", "read", "write"],
    workgroups: workgroupsFor(invocations),
    wgsl: `${viewStruct}
@group(0) @binding(0) var<storage, read> colored: array<f32>;
@group(0) @binding(1) var<storage, read> views: array<View>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
const LAST = ${side - 1};
${pixelWgsl(shape)}${last ? finish(normalization) : ""}${coloredWgsl(shape, "coloredAt")}
${mainOver(
  invocations,
  `${runHead(side)}
  let drawn = views[place];
  let decay = -0.5 / (drawn.sigma * drawn.sigma);
  for (var x = first; x < first + ${runOf(side)}; x++) {
    let column = ${last ? "select(x, LAST - x, drawn.flip == 1u)" : "x"};
    var pixel = coloredAt(place, y, column);
    var total = 1.0;
    for (var d = -drawn.radius; d <= drawn.radius; d++) {
      if (d == 0) { continue; }
      let weight = exp(decay * f32(d * d));
      pixel += weight * coloredAt(place, ${neighbor});
      total += weight;
    }
    pixel = pixel / total;
    ${last ? "pixel = finished(drawn, pixel);" : ""}
    ${store(shape, `(place * ${side} + y) * ${side} + x`, "pixel")}
  }`,
)}`,
  };
}

/** The program that normalizes unchanged images. Bindings: packed pixels, batch, out (, places). */
export function plainProgram(
  shape: ImageShape,
  batch: number,
  normalization: Normalization,
  windowed = false,
): GpuProgram {
  const { size } = shape;
  const invocations = (batch * size * size) / runOf(size);
  return {
    label: "plain images",
    access: ["read", "read", "write", ...(windowed ? (["read"] as const) : [])],
    workgroups: workgroupsFor(invocations),
    wgsl: `${viewStruct}
@group(0) @binding(0) var<storage, read> pixels: array<i32>;
@group(0) @binding(1) var<storage, read> batch: array<i32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
${windowed ? placesWgsl(3) : ""}
${pixelWgsl(shape)}${texelWgsl(shape)}${finish(normalization)}
${mainOver(
  invocations,
  `${runHead(size)}
  let image = ${windowed ? "places[batch[place]]" : "batch[place]"};
  for (var x = first; x < first + ${runOf(size)}; x++) {
    let pixel = normalized(texel(image, y, x) / 255.0);
    ${store(shape, `(place * ${size} + y) * ${size} + x`, "pixel")}
  }`,
)}`,
  };
}
