import { type FunctionWriter, I32, type Local, V128 } from "../../assembler/function-writer";
import { changeNumbers, channelsOf, clampUnitV, everyVector, numberOf, pixelsOf, planeBytes } from "./planes";
import type { ViewShape, ViewStep } from "./view-table";

/** Steps that change pixels one by one, after `pointwise.ts` of the views. */

/** Writes a step: a function of the picture and of its row in the table. */
export type WriteStep = (f: FunctionWriter, shape: ViewShape, picture: Local, step: Local) => void;

type Color = readonly [red: Local, green: Local, blue: Local];

/** Luma of ITU-R BT.601. */
const luma = [0.299, 0.587, 0.114] as const;
/** Rows of RGB to NTSC's YIQ after the luma, and back. */
const toYiq = [
  [0.596, -0.274, -0.322],
  [0.211, -0.523, 0.312],
] as const;
const fromYiq = [
  [0.9561706854, 0.6214325663],
  [-0.2726886023, -0.646813237],
  [-1.1037440822, 1.7006230947],
] as const;

/** Leaves the sum of products of colors and constants. */
function dot(f: FunctionWriter, color: readonly Local[], factors: readonly number[]): FunctionWriter {
  color.forEach((channel, i) => {
    f.get(channel).constantV(factors[i] as number);
    if (i === 0) f.mulV();
    else {
      f.mulV().addV();
    }
  });
  return f;
}

/** Replaces each four colors by what `change` leaves in the same locals. */
function changeColors(
  f: FunctionWriter,
  shape: ViewShape,
  picture: Local,
  change: (color: Color) => void,
): void {
  const color = f.manyLocals(V128, 3) as unknown as Color;
  everyVector(f, shape, picture, (at) => {
    color.forEach((channel, i) => {
      f.get(at)
        .loadV(i * planeBytes(shape))
        .set(channel);
    });
    change(color);
    color.forEach((channel, i) => {
      f.get(at)
        .get(channel)
        .storeV(i * planeBytes(shape));
    });
  });
  f.release(V128, ...color);
}

/** Leaves factor·x + base, clamped. */
const awayFrom = (f: FunctionWriter, x: Local, factor: Local, base: Local): FunctionWriter =>
  clampUnitV(f.get(x).get(factor).get(base).multiplyAdd());

const brightness: WriteStep = (f, shape, picture, step) => {
  const factor = f.local(V128);
  numberOf(f, step, 0).set(factor);
  changeNumbers(f, shape, picture, (x) => clampUnitV(f.get(x).get(factor).mulV()));
};

const contrast: WriteStep = (f, shape, picture, step) => {
  const [factor, base] = f.manyLocals(V128, 2) as [Local, Local];
  numberOf(f, step, 0).set(factor);
  meanGray(f, shape, picture, base);
  f.constantV(1).get(factor).subV().get(base).mulV().set(base);
  changeNumbers(f, shape, picture, (x) => awayFrom(f, x, factor, base));
};

/** Sets a local to the mean gray, four times. Numbers beyond the last pixel do not count. */
function meanGray(f: FunctionWriter, shape: ViewShape, picture: Local, mean: Local): void {
  const count = pixelsOf(shape);
  const [x, sum] = f.manyLocals(V128, 2) as [Local, Local];
  const left = f.local(I32);
  f.zeroV().set(sum).i32(count).set(left);
  everyVector(f, shape, picture, (at) => {
    const weights = shape.channels === 1 ? [1] : luma;
    f.zeroV();
    channelsOf(shape).forEach((channel) => {
      f.get(at)
        .loadV(channel * planeBytes(shape))
        .constantV(weights[channel] as number)
        .mulV()
        .addV();
    });
    f.set(x);
    const rest = count % 4;
    if (rest > 0) {
      f.get(left).i32(4).less();
      f.when(() => {
        f.get(x);
        f.simd(0x0c).raw(
          new Uint8Array(new Int32Array([0, 1, 2, 3].map((lane) => (lane < rest ? -1 : 0))).buffer),
        );
        f.andV().set(x);
      });
    }
    f.get(sum).get(x).addV().set(sum);
    f.get(left).i32(4).sub().set(left);
  });
  f.get(sum).lane(0).get(sum).lane(1).addF().get(sum).lane(2).addF().get(sum).lane(3).addF();
  f.f32(1 / count)
    .mulF()
    .splatF()
    .set(mean);
  f.release(V128, x, sum).release(I32, left);
}

const saturation: WriteStep = (f, shape, picture, step) => {
  const [factor, rest, base] = f.manyLocals(V128, 3) as [Local, Local, Local];
  numberOf(f, step, 0).set(factor);
  f.constantV(1).get(factor).subV().set(rest);
  changeColors(f, shape, picture, (color) => {
    dot(f, color, luma).get(rest).mulV().set(base);
    for (const channel of color) awayFrom(f, channel, factor, base).set(channel);
  });
};

const hueInYiq: WriteStep = (f, shape, picture, step) => {
  const [cosine, sine, y, i, q, turned] = f.manyLocals(V128, 6) as [Local, Local, Local, Local, Local, Local];
  numberOf(f, step, 0).set(cosine);
  numberOf(f, step, 1).set(sine);
  changeColors(f, shape, picture, (color) => {
    dot(f, color, luma).set(y);
    dot(f, color, toYiq[0]).set(i);
    dot(f, color, toYiq[1]).set(q);
    f.get(cosine).get(i).mulV().get(sine).get(q).mulV().subV().set(turned);
    f.get(sine).get(i).mulV().get(cosine).get(q).mulV().addV().set(q);
    color.forEach((channel, row) => {
      const [ofI, ofQ] = fromYiq[row] as readonly [number, number];
      f.get(y).get(turned).constantV(ofI).mulV().addV().get(q).constantV(ofQ).mulV().addV();
      clampUnitV(f).set(channel);
    });
  });
};

/** Value and chroma stay. Gray has no hue and does not change. */
const hueInHsv: WriteStep = (f, shape, picture, step) => {
  const names = ["turns", "value", "chroma", "hue", "k", "red", "green", "gray"] as const;
  const made = f.manyLocals(V128, names.length);
  const local = Object.fromEntries(names.map((name, i) => [name, made[i]])) as Record<
    (typeof names)[number],
    Local
  >;
  const { turns, value, chroma, hue, k, gray } = local;
  numberOf(f, step, 0).set(turns);
  changeColors(f, shape, picture, (color) => {
    const [red, green, blue] = color;
    f.get(red).get(green).maxV().get(blue).maxV().set(value);
    f.get(value).get(red).get(green).minV().get(blue).minV().subV().set(chroma);
    f.get(chroma).zeroV().equalV().set(gray);
    const share = (a: Local, b: Local, after: number) =>
      f.get(a).get(b).subV().get(chroma).divV().constantV(after).addV();
    share(green, blue, 0);
    share(blue, red, 2);
    share(red, green, 4);
    f.get(value).get(green).equalV().selectV();
    f.get(value).get(red).equalV().selectV();
    f.get(turns).addV().set(hue);
    const component = (n: number) => {
      f.get(hue).constantV(n).addV().constantV(6).divV().set(k);
      f.get(k).get(k).floorV().subV().constantV(6).mulV().set(k);
      f.get(value).get(chroma);
      f.get(k).constantV(4).get(k).subV().minV().constantV(1).minV().zeroV().maxV();
      return clampUnitV(f.mulV().subV());
    };
    component(5).set(local.red);
    component(3).set(local.green);
    component(1).set(hue);
    for (const [to, from] of [
      [red, local.red],
      [green, local.green],
      [blue, hue],
    ] as const)
      f.get(to).get(from).get(gray).selectV().set(to);
  });
};

const gray: WriteStep = (f, shape, picture) =>
  changeColors(f, shape, picture, (color) => {
    clampUnitV(dot(f, color, luma)).set(color[0]);
    f.get(color[0]).set(color[1]).get(color[0]).set(color[2]);
  });

const invert: WriteStep = (f, shape, picture) =>
  void changeNumbers(f, shape, picture, (x) => f.constantV(1).get(x).subV());

const posterize: WriteStep = (f, shape, picture, step) => {
  const multiple = f.local(V128);
  numberOf(f, step, 0).set(multiple);
  changeNumbers(f, shape, picture, (x) => {
    f.get(x).constantV(255).mulV().constantV(0.5).addV().floorV();
    f.get(multiple).divV().floorV().get(multiple).mulV().constantV(255).divV();
  });
};

const solarize: WriteStep = (f, shape, picture, step) => {
  const from = f.local(V128);
  numberOf(f, step, 0).constantV(0.5).subV().set(from);
  changeNumbers(f, shape, picture, (x) => {
    f.constantV(1).get(x).subV().get(x);
    f.get(from).get(x).constantV(255).mulV().atMostV().selectV();
  });
};

export const colorSteps = {
  brightness,
  contrast,
  saturation,
  hueInYiq,
  hueInHsv,
  gray,
  invert,
  posterize,
  solarize,
} satisfies Partial<Record<ViewStep, WriteStep>>;
