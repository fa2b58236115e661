import { chanceThreshold, type RenderRecipe } from "../parameters";
import { rotationWgsl } from "../rotation.wgsl";
import {
  isSigned,
  type PolicyOperation,
  PolicyWord,
  policyOf,
  policyOperations,
  policySteps,
} from "./policy";

/** WGSL for drawing a policy (`parameters.ts`) and rendering it (`policy-render.ts`). */

const bits = new DataView(new ArrayBuffer(4));
function bitsOf(x: number): number {
  bits.setFloat32(0, x);
  return bits.getUint32(0);
}

const real = (x: number) => `f32(${x})`;
const lane = (name: keyof typeof PolicyWord) => "xyzw"[PolicyWord[name]];
const numberOf = (operation: PolicyOperation) => `${policyOperations.indexOf(operation)}u`;

/** `drawPolicyStep(number, step, first, words)`: the operation of a step of view `number` and the bits of its strength. */
export function policyDrawWgsl(recipes: readonly RenderRecipe[]): string {
  if (policySteps(recipes) === 0) return "";
  const policies = recipes.map(policyOf);
  const tables = policies.map((policy, number) => {
    const entries = (policy?.rows ?? []).flat().map(({ operation, chance, strength }) => {
      const sign = isSigned(operation) ? "0x80000000u" : "0u";
      const members = [numberOf(operation), `${chanceThreshold(chance)}u`, `${bitsOf(strength)}u`, sign];
      return `vec4<u32>(${members.join(", ")})`;
    });
    return policy
      ? `const policy${number} = array<vec4<u32>, ${entries.length}>(${entries.join(", ")});`
      : "";
  });
  const cases = policies.map((policy, number) => {
    if (!policy) return "";
    const [rows, steps] = [policy.rows.length, policy.rows[0]?.length ?? 0];
    const choice = `${policy.together ? "first" : "words"}.${lane("choice")}`;
    return `case ${number}: {
      if (step >= ${steps}) { return vec2<u32>(0u); }
      let row = i32(((${choice} >> 8u) * ${rows}u) >> 24u);
      entry = policy${number}[row * ${steps} + step];
    }`;
  });
  return /* wgsl */ `
${tables.filter(Boolean).join("\n")}

fn drawPolicyStep(number: i32, step: i32, first: vec4<u32>, words: vec4<u32>) -> vec2<u32> {
  var entry = vec4<u32>(0u);
  switch (number) {
    ${cases.filter(Boolean).join("\n    ")}
    default: {}
  }
  if ((words.${lane("chance")} >> 8u) >= entry.y) { return vec2<u32>(0u); }
  return vec2<u32>(entry.x, entry.z ^ (entry.w & words.${lane("sign")}));
}
`;
}

/**
 * `gather(operation, place, channel)` computes the facts that an operation needs about one channel of a picture, and
 * writes them to its 256 numbers of `facts`. Uses `seen(place, y, x)`.
 */
export function policyFactsWgsl(side: number, channels: 1 | 3): string {
  const all = (body: string) => `for (var y = 0; y < ${side}; y++) {
    for (var x = 0; x < ${side}; x++) {
      ${body}
    }
  }`;
  const number = channels === 1 ? "seen(place, y, x)" : "seen(place, y, x)[channel]";
  return /* wgsl */ `
fn gather(operation: u32, place: i32, channel: i32) {
  let at = (place * ${channels} + channel) * 256;
  if (operation == ${numberOf("contrast")}) {
    var sum = 0.0;
    ${all("sum += grayOf(seen(place, y, x));")}
    facts[at] = sum / ${side * side}.0;
  } else if (operation == ${numberOf("autoContrast")}) {
    var least = 1.0;
    var most = 0.0;
    ${all(`let number = ${number}; least = min(least, number); most = max(most, number);`)}
    facts[at] = least;
    facts[at + 1] = most;
  } else if (operation == ${numberOf("equalize")}) {
    for (var byte = 0; byte < 256; byte++) { facts[at + byte] = 0.0; }
    ${all(`facts[at + i32(byteOf(${number}))] += 1.0;`)}
    var lightest = 255;
    while (lightest > 0 && facts[at + lightest] == 0.0) { lightest--; }
    let others = ${side * side}.0 - facts[at + lightest];
    var below = 0.0;
    for (var byte = 0; byte < 256; byte++) {
      let count = facts[at + byte];
      facts[at + byte] = select(f32(byte) / 255.0, below / max(others, 1.0), others > 0.0);
      below += count;
    }
  }
}
`;
}

/** The byte nearest to a number in [0, 1]. */
export const byteOfWgsl = /* wgsl */ `
fn byteOf(x: f32) -> f32 { return floor(255.0 * x + 0.5); }
`;

/** `operated(operation, strength, place, y, x)`: one pixel after an operation. Uses `seen`, `byteOf` and `facts`. */
export function policyOperationsWgsl(side: number, channels: 1 | 3): string {
  const perChannel = (expression: (of: string, channel: number) => string) =>
    channels === 1
      ? expression("pixel", 0)
      : `Pixel(${Array.from({ length: 3 }, (_, channel) => expression(`pixel[${channel}]`, channel)).join(", ")})`;
  const least = (channel: number) => `facts[at + ${256 * channel}]`;
  const most = (channel: number) => `facts[at + ${256 * channel + 1}]`;
  const whole = `Pixel(${Array.from({ length: channels }, () => "0.5").join(", ")})`;
  return /* wgsl */ `${rotationWgsl}
fn seenOrFill(place: i32, y: i32, x: i32) -> Pixel {
  let isInside = y >= 0 && x >= 0 && y < ${side} && x < ${side};
  return select(${whole}, seen(place, clamp(y, 0, ${side - 1}), clamp(x, 0, ${side - 1})), isInside);
}

/** Pixel centers are at half-integers. */
fn seenAt(place: i32, source: vec2<f32>) -> Pixel {
  let position = source - 0.5;
  let low = floor(position);
  let share = position - low;
  let corner = vec2<i32>(low);
  let upper = mix(seenOrFill(place, corner.y, corner.x), seenOrFill(place, corner.y, corner.x + 1), share.x);
  let lower = mix(seenOrFill(place, corner.y + 1, corner.x), seenOrFill(place, corner.y + 1, corner.x + 1), share.x);
  return mix(upper, lower, share.y);
}

fn blended(base: Pixel, pixel: Pixel, factor: f32) -> Pixel {
  return saturate(factor * pixel + (1.0 - factor) * base);
}

fn smoothed(place: i32, y: i32, x: i32) -> Pixel {
  var sum = 4.0 * seen(place, y, x);
  for (var down = -1; down < 2; down++) {
    for (var across = -1; across < 2; across++) { sum += seen(place, y + down, x + across); }
  }
  return sum / 13.0;
}

fn operated(operation: u32, strength: f32, place: i32, y: i32, x: i32) -> Pixel {
  let pixel = seen(place, y, x);
  let at = place * ${256 * channels};
  let point = vec2<f32>(f32(x) + 0.5, f32(y) + 0.5);
  switch (operation) {
    case ${numberOf("invert")}: { return 1.0 - pixel; }
    case ${numberOf("posterize")}: {
      return ${perChannel((of) => `floor(byteOf(${of}) / strength)`)} * strength / 255.0;
    }
    case ${numberOf("solarize")}: { return select(pixel, 1.0 - pixel, 255.0 * pixel >= Pixel(strength - 0.5)); }
    case ${numberOf("brightness")}: { return saturate((1.0 + strength) * pixel); }
    case ${numberOf("contrast")}: { return blended(Pixel(facts[at]), pixel, 1.0 + strength); }
    case ${numberOf("color")}: { return ${channels === 1 ? "pixel" : "blended(Pixel(grayOf(pixel)), pixel, 1.0 + strength)"}; }
    case ${numberOf("sharpness")}: {
      if (x == 0 || y == 0 || x == ${side - 1} || y == ${side - 1}) { return pixel; }
      return blended(smoothed(place, y, x), pixel, 1.0 + strength);
    }
    case ${numberOf("autoContrast")}: {
      return ${perChannel(
        (of, channel) =>
          `select(${of}, (${of} - ${least(channel)}) / max(${most(channel)} - ${least(channel)}, 1e-30), ${most(channel)} > ${least(channel)})`,
      )};
    }
    case ${numberOf("equalize")}: {
      return ${perChannel((of, channel) => `facts[at + ${256 * channel} + i32(byteOf(${of}))]`)};
    }
    case ${numberOf("rotate")}: {
      let turn = rotationOf(strength);
      let arm = point - ${real(side / 2)};
      return seenAt(place, ${real(side / 2)} + vec2<f32>(turn.x * arm.x - turn.y * arm.y, turn.y * arm.x + turn.x * arm.y));
    }
    case ${numberOf("shearX")}: { return seenAt(place, point + vec2<f32>(strength * point.y, 0.0)); }
    case ${numberOf("shearY")}: { return seenAt(place, point + vec2<f32>(0.0, strength * point.x)); }
    case ${numberOf("translateX")}: { return seenAt(place, point + vec2<f32>(strength * ${side}.0, 0.0)); }
    case ${numberOf("translateY")}: { return seenAt(place, point + vec2<f32>(0.0, strength * ${side}.0)); }
    default: { return pixel; }
  }
}
`;
}
