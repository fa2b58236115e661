import type { HueSpace } from "../../protocol/experiment";
import { Purpose } from "../math/random";
import { philoxWgsl } from "../math/random.wgsl";
import {
  blurRadius,
  chanceThreshold,
  jitterOperations,
  jitterOrders,
  LOG_LARGEST_RATIO,
  largestTurn,
  type RenderRecipe,
  ViewWord,
} from "./parameters";
import { fromYiq, toYiq } from "./pointwise";
import { policySteps } from "./policy/policy";
import { policyDrawWgsl } from "./policy/policy.wgsl";
import { rotationWgsl } from "./rotation.wgsl";

/** The WGSL counterparts of `parameters.ts`, `pointwise.ts` and `render.ts`, function by function. */

export interface ImageShape {
  /** Pixels per side of the images themselves. */
  readonly size: number;
  readonly channels: 1 | 3;
}

/** Values of the member `jitter` of a view by hue space; 0 means no jitter. */
export const jitterIn: Readonly<Record<HueSpace, number>> = { yiq: 1, hsv: 2 };

/**
 * The number of 32-bit words of a view's parameters. All members have 32 bits, so that an int32 tensor can hold them.
 */
export const VIEW_WORDS = 23;
export const viewStruct = /* wgsl */ `
struct View {
  image: i32,
  left: f32,
  top: f32,
  width: f32,
  height: f32,
  jitter: u32,
  order: u32,
  brightness: f32,
  contrast: f32,
  saturation: f32,
  hue: f32,
  grayscale: u32,
  sigma: f32,
  radius: i32,
  flip: u32,
  solarize: u32,
  turn: f32,
  operation0: u32,
  strength0: f32,
  operation1: u32,
  strength1: f32,
  operation2: u32,
  strength2: f32,
}
`;

const real = (x: number) => `f32(${x})`;
const whole = (x: number) => `${x}u`;

/** WGSL literals for the rule of a crop: the range of aspect ratios, then whether its place is fixed, and where. */
function cropLiteral({ crop = "inception" }: RenderRecipe): string[] {
  const fixed = typeof crop === "object" ? crop : undefined;
  const { left = 0, top = 0, side = 1 } = fixed ?? {};
  const ratio = crop === "inception" ? LOG_LARGEST_RATIO : 0;
  return [real(ratio), whole(fixed ? 1 : 0), real(left), real(top), real(side)];
}

function recipeLiteral(recipe: RenderRecipe): string {
  const { scale, brightness, contrast, saturation, hue, blurSigma } = recipe;
  const members = [
    ...[scale.min, scale.max, brightness, contrast, saturation, hue, blurSigma.min, blurSigma.max].map(real),
    ...[
      recipe.jitterProbability,
      recipe.grayscaleProbability,
      recipe.blurProbability,
      recipe.flipProbability,
      recipe.solarizeProbability,
    ].map((probability) => whole(chanceThreshold(probability))),
    `${blurRadius(recipe)}i`,
    ...cropLiteral(recipe),
    whole(jitterIn[recipe.hueSpace]),
    real(largestTurn(recipe)),
  ];
  return `Recipe(${members.join(", ")})`;
}

const word = (name: keyof typeof ViewWord) => `words[${ViewWord[name] >> 2}].${"xyzw"[ViewWord[name] & 3]}`;
const unit = (name: keyof typeof ViewWord) => `uniform01(${word(name)})`;
const happens = (name: keyof typeof ViewWord, threshold: string) =>
  `select(0u, 1u, (${word(name)} >> 8u) < recipe.${threshold})`;

/** `drawView(number, seed, epoch, sample)`: the parameters of view `number`, whose recipe is baked in. */
export function drawViewWgsl(recipes: readonly RenderRecipe[]): string {
  const cases = recipes.map((recipe, i) => `case ${i}: { return ${recipeLiteral(recipe)}; }`);
  const steps = policySteps(recipes);
  return /* wgsl */ `${philoxWgsl}${policyDrawWgsl(recipes)}
struct Recipe {
  leastScale: f32, mostScale: f32,
  brightness: f32, contrast: f32, saturation: f32, hue: f32,
  leastSigma: f32, mostSigma: f32,
  jitter: u32, grayscale: u32, blur: u32, flip: u32, solarize: u32,
  radius: i32,
  logRatio: f32,
  fixedCrop: u32, left: f32, top: f32, side: f32,
  jitterIn: u32,
  turn: f32,
}

fn recipeOf(number: i32) -> Recipe {
  switch (number) {
    ${cases.slice(1).join("\n    ")}
    default: { return ${recipeLiteral(recipes[0] as RenderRecipe)}; }
  }
}

const orders = array<u32, ${jitterOrders.length}>(${jitterOrders.map(whole).join(", ")});

fn around(center: f32, reach: f32, unit: f32) -> f32 {
  return center - reach + 2.0 * reach * unit;
}

fn drawView(number: i32, seed: i32, epoch: i32, sampleIndex: i32) -> View {
  let recipe = recipeOf(number);
  var words: array<vec4<u32>, ${4 + steps}>;
  for (var block = 0u; block < ${4 + steps}u; block++) {
    words[block] = philox(
      vec2<u32>(bitcast<u32>(seed), ${Purpose.views}u),
      vec4<u32>(bitcast<u32>(epoch), bitcast<u32>(sampleIndex), u32(number), block));
  }
  var drawn: View;
  drawn.image = sampleIndex;
  let area = min(1.0, recipe.leastScale + (recipe.mostScale - recipe.leastScale) * ${unit("area")});
  let reach = clamp(-log(area), 0.0, recipe.logRatio);
  let stretch = exp(0.5 * (2.0 * ${unit("ratio")} - 1.0) * reach);
  drawn.width = min(1.0, sqrt(area) * stretch);
  drawn.height = min(1.0, sqrt(area) / stretch);
  drawn.left = ${unit("left")} * (1.0 - drawn.width);
  drawn.top = ${unit("top")} * (1.0 - drawn.height);
  if (recipe.fixedCrop == 1u) {
    drawn.left = recipe.left;
    drawn.top = recipe.top;
    drawn.width = recipe.side;
    drawn.height = recipe.side;
  }
  drawn.jitter = recipe.jitterIn * ${happens("jitter", "jitter")};
  drawn.order = orders[((${word("order")} >> 8u) * ${jitterOrders.length}u) >> 24u];
  drawn.brightness = around(1.0, recipe.brightness, ${unit("brightness")});
  drawn.contrast = around(1.0, recipe.contrast, ${unit("contrast")});
  drawn.saturation = around(1.0, recipe.saturation, ${unit("saturation")});
  drawn.hue = around(0.0, recipe.hue, ${unit("hue")});
  drawn.grayscale = ${happens("grayscale", "grayscale")};
  let sigma = recipe.leastSigma + (recipe.mostSigma - recipe.leastSigma) * ${unit("sigma")};
  drawn.sigma = sigma;
  drawn.radius = select(0, recipe.radius, ${happens("blur", "blur")} == 1u);
  drawn.flip = ${happens("flip", "flip")};
  drawn.solarize = ${happens("solarize", "solarize")};
  drawn.turn = around(0.0, recipe.turn, ${unit("turn")});
${Array.from(
  { length: steps },
  (_, step) => `  let step${step} = drawPolicyStep(number, ${step}, words[4], words[${4 + step}]);
  drawn.operation${step} = step${step}.x;
  drawn.strength${step} = bitcast<f32>(step${step}.y);`,
).join("\n")}
  return drawn;
}
`;
}

/** The type of a pixel and its gray. */
export function pixelWgsl({ channels }: ImageShape): string {
  return channels === 1
    ? /* wgsl */ `alias Pixel = f32;
fn grayOf(pixel: Pixel) -> f32 { return pixel; }
`
    : /* wgsl */ `alias Pixel = vec3<f32>;
fn grayOf(pixel: Pixel) -> f32 { return dot(pixel, vec3<f32>(0.299, 0.587, 0.114)); }
`;
}

/** `texel(image, y, x)` in 0 … 255, of `pixels`, the packed bytes. */
export function texelWgsl({ size, channels }: ImageShape): string {
  const bytes = Array.from({ length: channels }, (_, channel) => `byteAt(at + ${channel})`);
  return /* wgsl */ `
fn byteAt(at: i32) -> f32 {
  return f32((bitcast<u32>(pixels[at >> 2u]) >> (8u * (u32(at) & 3u))) & 255u);
}

fn texel(image: i32, y: i32, x: i32) -> Pixel {
  let at = ((image * ${size} + y) * ${size} + x) * ${channels};
  return Pixel(${bytes.join(", ")});
}
`;
}

/** `cropped(drawn, y, x)` in [0, 1]: one pixel of the crop, resized to `side` × `side`. */
export function croppedWgsl({
  size,
  side,
  recipes,
}: ImageShape & { readonly side: number; readonly recipes: readonly RenderRecipe[] }): string {
  const scale = side === size ? "" : ` * ${real(size / side)}`;
  if (recipes.some((recipe) => recipe.rotation > 0)) return turnedWgsl(size, side);
  return /* wgsl */ `
fn positionOf(start: f32, extent: f32, place: i32) -> f32 {
  return clamp(start * ${size}.0 + (f32(place) + 0.5) * extent${scale} - 0.5, 0.0, ${size - 1}.0);
}

fn cropped(drawn: View, y: i32, x: i32) -> Pixel {
  let row = positionOf(drawn.top, drawn.height, y);
  let column = positionOf(drawn.left, drawn.width, x);
${betweenTexels(size)}
}
`;
}

/** WGSL that interpolates between four texels at `row` and `column`. */
const betweenTexels = (size: number) => /* wgsl */ `  let low = vec2<i32>(i32(row), i32(column));
  let high = min(low + 1, vec2<i32>(${size - 1}));
  let across = column - f32(low.y);
  let upper = mix(texel(drawn.image, low.x, low.y), texel(drawn.image, low.x, high.y), across);
  let lower = mix(texel(drawn.image, high.x, low.y), texel(drawn.image, high.x, high.y), across);
  return mix(upper, lower, row - f32(low.x)) / 255.0;`;

/** The same if crops may be rotated about their center. */
const turnedWgsl = (size: number, side: number) => /* wgsl */ `${rotationWgsl}
fn cropped(drawn: View, y: i32, x: i32) -> Pixel {
  let across0 = ((f32(x) + 0.5) / ${side}.0 - 0.5) * drawn.width;
  let down0 = ((f32(y) + 0.5) / ${side}.0 - 0.5) * drawn.height;
  let turn = rotationOf(drawn.turn);
  let middle = vec2<f32>(drawn.left, drawn.top) + 0.5 * vec2<f32>(drawn.width, drawn.height);
  let place = middle + vec2<f32>(turn.x * across0 - turn.y * down0, turn.y * across0 + turn.x * down0);
  let position = clamp(${size}.0 * place - 0.5, vec2<f32>(0.0), vec2<f32>(${size - 1}.0));
  let row = position.y;
  let column = position.x;
${betweenTexels(size)}
}
`;

const vector = (row: readonly number[]) => `vec3<f32>(${row.join(", ")})`;
const product = (rows: readonly (readonly number[])[], of: string) =>
  `vec3<f32>(${rows.map((row) => `dot(${vector(row)}, ${of})`).join(", ")})`;

const colorWgsl = /* wgsl */ `
fn turnHueInYiq(pixel: Pixel, turns: f32) -> Pixel {
  let yiq = ${product(toYiq, "pixel")};
  let cosine = cos(${2 * Math.PI} * turns);
  let sine = sin(${2 * Math.PI} * turns);
  let turned = vec3<f32>(yiq.x, cosine * yiq.y - sine * yiq.z, sine * yiq.y + cosine * yiq.z);
  return saturate(${product(fromYiq, "turned")});
}

fn turnHue(pixel: Pixel, turns: f32) -> Pixel {
  let value = max(pixel.r, max(pixel.g, pixel.b));
  let chroma = value - min(pixel.r, min(pixel.g, pixel.b));
  if (chroma == 0.0) { return pixel; }
  var sextant = 4.0 + (pixel.r - pixel.g) / chroma;
  if (value == pixel.r) { sextant = (pixel.g - pixel.b) / chroma; }
  else if (value == pixel.g) { sextant = 2.0 + (pixel.b - pixel.r) / chroma; }
  let k = 6.0 * fract((vec3<f32>(5.0, 3.0, 1.0) + sextant + 6.0 * turns) / 6.0);
  return saturate(value - chroma * max(vec3<f32>(0.0), min(min(k, 4.0 - k), vec3<f32>(1.0))));
}
`;

/**
 * `jittered(drawn, pixel, mean, end)`: applies the operations of the jitter whose place is below `end`. With `end =
 * placeOf(drawn, CONTRAST)` it gives the pixels whose mean gray the contrast uses. The hue is rotated outside the
 * loop over the others: where lanes run in lockstep it would otherwise be computed four times.
 */
export function jitterWgsl({ channels }: ImageShape): string {
  const colored = channels === 3;
  return /* wgsl */ `${colored ? colorWgsl : ""}
const CONTRAST = ${jitterOperations.indexOf("contrast")}u;
const HUE = ${jitterOperations.indexOf("hue")}u;

fn placeOf(drawn: View, operation: u32) -> u32 {
  var place = 0u;
  while (place < 3u && ((drawn.order >> (2u * place)) & 3u) != operation) { place++; }
  return place;
}

fn awayFrom(base: f32, pixel: Pixel, factor: f32) -> Pixel {
  return saturate(factor * pixel + Pixel((1.0 - factor) * base));
}

fn toned(drawn: View, pixel: Pixel, mean: f32, place: u32) -> Pixel {
  switch ((drawn.order >> (2u * place)) & 3u) {
    case ${jitterOperations.indexOf("brightness")}u: { return saturate(drawn.brightness * pixel); }
    case CONTRAST: { return awayFrom(mean, pixel, drawn.contrast); }
    default: { return ${colored ? "awayFrom(grayOf(pixel), pixel, drawn.saturation)" : "pixel"}; }
  }
}

fn jittered(drawn: View, pixel: Pixel, mean: f32, end: u32) -> Pixel {
  let turn = placeOf(drawn, HUE);
  var now = pixel;
  for (var place = 0u; place < min(turn, end); place++) { now = toned(drawn, now, mean, place); }
  ${
    colored
      ? `if (turn < end) {
    if (drawn.jitter == ${jitterIn.hsv}u) { now = turnHue(now, drawn.hue); } else { now = turnHueInYiq(now, drawn.hue); }
  }`
      : ""
  }
  for (var place = turn + 1u; place < end; place++) { now = toned(drawn, now, mean, place); }
  return now;
}
`;
}
