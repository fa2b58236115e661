import { describe, expect, test } from "vitest";
import { Purpose, randomFor } from "../math/random";
import {
  drawView,
  type Jitter,
  type JitterOperation,
  jitterOperations,
  type ViewParameters,
} from "./parameters";
import { type BytePicture, pictureOf } from "./picture";
import { awayFrom, brighten, type Color, grayOf, turnHue } from "./pointwise";
import { blur, cropAndResize, flip, renderView } from "./render";
import { noiseImages, untouched, wild } from "./view-cases.test-support";

const size = 16;
const colored = noiseImages(1, size, 3);
const gray = noiseImages(1, size, 1);
const random = randomFor(9, Purpose.views);
const plain = drawView(untouched, random, { epoch: 0, sample: 0, view: 0 });
const render = (change: Partial<ViewParameters>, set = colored) =>
  renderView(pictureOf(set, 0), { ...plain, ...change });
const asUnit = (set = colored) => Float32Array.from(set.pixels, (byte) => byte / 255);
const still: Jitter = {
  order: jitterOperations,
  brightness: 1,
  contrast: 1,
  saturation: 1,
  hue: 0,
  hueSpace: "hsv",
};
const jittered = (change: Partial<Jitter>, set = colored) => render({ jitter: { ...still, ...change } }, set);

function expectClose(a: Float32Array, b: ArrayLike<number>, digits = 5) {
  expect(a.length).toBe(b.length);
  a.forEach((x, i) => {
    expect(x).toBeCloseTo(b[i] as number, digits);
  });
}

const colors = (pixels: Float32Array): Color[] =>
  Array.from({ length: pixels.length / 3 }, (_, i) => Array.from(pixels.subarray(3 * i, 3 * i + 3)) as never);
const meanGray = (pixels: Float32Array) =>
  colors(pixels).reduce((sum, color) => sum + grayOf(color), 0) / (pixels.length / 3);

describe("crop", () => {
  /** Brightness grows by one byte per column and ten per row. */
  const ramp: BytePicture = {
    size,
    channels: 1,
    pixels: Uint8Array.from({ length: size * size }, (_, i) => (i % size) + 10 * Math.floor(i / size)),
  };

  test("a crop of the whole image is the image", () => {
    expect(render({})).toEqual(asUnit());
  });

  test("a linear ramp stays linear: pixel centers keep their places", () => {
    const crop = { left: 0.25, top: 0.125, width: 0.5, height: 0.75 };
    const { pixels } = cropAndResize(ramp, crop);
    for (let i = 0; i < pixels.length; i++) {
      const x = crop.left * size + ((i % size) + 0.5) * crop.width - 0.5;
      const y = crop.top * size + (Math.floor(i / size) + 0.5) * crop.height - 0.5;
      expect(255 * (pixels[i] as number)).toBeCloseTo(x + 10 * y, 3);
    }
  });

  test("beyond the border the outermost pixels repeat", () => {
    const { pixels } = cropAndResize(ramp, { left: 0, top: 0, width: 1 / size, height: 1 / size });
    expect(pixels[0]).toBe(0);
  });
});

describe("jitter", () => {
  test("factors of 1 change nothing", () => {
    expectClose(jittered({}), asUnit());
  });

  test("contrast 0 gives the mean gray, saturation 0 each pixel's own gray", () => {
    expectClose(jittered({ contrast: 0 }), new Float32Array(size * size * 3).fill(meanGray(asUnit())));
    expectClose(
      jittered({ saturation: 0 }),
      colors(asUnit()).flatMap((color) => Array.from({ length: 3 }, () => grayOf(color))),
    );
  });

  test("a third of a hue turn cycles the channels", () => {
    expectClose(
      jittered({ hue: 1 / 3 }),
      colors(asUnit()).flatMap(([red, green, blue]) => [blue, red, green]),
    );
  });

  const strong = { brightness: 1.6, contrast: 1.7, saturation: 1.5, hue: 0.2 };
  const alone: Record<JitterOperation, (pixels: Float32Array) => Float32Array> = {
    brightness: (pixels) => pixels.map((x) => brighten(x, strong.brightness)),
    contrast: (pixels) => {
      const mean = meanGray(pixels);
      return pixels.map((x) => awayFrom(mean, x, strong.contrast));
    },
    saturation: (pixels) =>
      Float32Array.from(
        colors(pixels).flatMap((color) => color.map((x) => awayFrom(grayOf(color), x, strong.saturation))),
      ),
    hue: (pixels) => Float32Array.from(colors(pixels).flatMap((color) => turnHue(color, strong.hue))),
  };

  test.each(
    (
      [
        ["brightness", "contrast", "saturation", "hue"],
        ["hue", "saturation", "contrast", "brightness"],
        ["contrast", "hue", "brightness", "saturation"],
      ] satisfies JitterOperation[][]
    ).map((order) => ({ order })),
  )("$order are applied in this order, each clamped", ({ order }) => {
    const expected = order.reduce((pixels: Float32Array, operation) => alone[operation](pixels), asUnit());
    expectClose(jittered({ ...strong, order }), expected);
  });

  test("saturation, hue and grayscale change no image with one channel", () => {
    expectClose(jittered({ saturation: 0.2, hue: 0.3 }, gray), asUnit(gray));
    expect(render({ grayscale: true }, gray)).toEqual(asUnit(gray));
    const mean = asUnit(gray).reduce((sum, x) => sum + x, 0) / (size * size);
    expectClose(
      jittered({ contrast: 1.5, saturation: 0.2, hue: 0.3 }, gray),
      asUnit(gray).map((x) => awayFrom(mean, x, 1.5)),
    );
  });
});

test("grayscale sets every channel to the gray", () => {
  expectClose(
    render({ grayscale: true }),
    colors(asUnit()).flatMap((color) => Array.from({ length: 3 }, () => grayOf(color))),
  );
});

describe("blur", () => {
  const dot = (channels: 1 | 3) => {
    const pixels = new Float32Array(size * size * channels);
    pixels[(8 * size + 8) * channels] = 1;
    return { pixels, size, channels };
  };

  test.each([1, 3] as const)("a dot in the first of %d channels becomes a Gaussian", (channels) => {
    const sigma = 0.8;
    const { pixels } = blur(dot(channels), { sigma, radius: 3 });
    const at = (y: number, x: number) => pixels[(y * size + x) * channels] as number;
    expect(pixels.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 6);
    for (const [y, x] of [
      [8, 9],
      [9, 9],
      [6, 8],
      [11, 10],
    ] as const) {
      const distance = (y - 8) ** 2 + (x - 8) ** 2;
      expect(at(y, x) / at(8, 8)).toBeCloseTo(Math.exp(-distance / (2 * sigma ** 2)), 6);
    }
    expect(at(8, 12)).toBe(0);
    if (channels === 3) expect(pixels[(8 * size + 8) * 3 + 1]).toBe(0);
  });

  test("a uniform image stays uniform up to its border, also with a radius wider than the image", () => {
    const even = { pixels: new Float32Array(size * size).fill(0.25), size, channels: 1 as const };
    expectClose(blur(even, { sigma: 4, radius: 20 }).pixels, even.pixels);
  });

  test("a tiny standard deviation changes almost nothing", () => {
    expectClose(render({ blur: { sigma: 0.05, radius: 3 } }), asUnit());
  });
});

test("a flip mirrors rows and is its own inverse", () => {
  const once = render({ flip: true });
  expect(once).not.toEqual(asUnit());
  expect(once[0]).toBe(asUnit()[(size - 1) * 3]);
  flip({ pixels: once, size, channels: 3 });
  expect(once).toEqual(asUnit());
});

test("solarization is applied last", () => {
  const before = render({ flip: true });
  expectClose(
    render({ flip: true, solarize: true }),
    before.map((x) => (x < 0.5 ? x : 1 - x)),
  );
});

test("every view stays within [0, 1]", () => {
  for (let sample = 0; sample < 50; sample++) {
    const pixels = render(drawView(wild, random, { epoch: 0, sample, view: 1 }));
    expect(Math.min(...pixels)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...pixels)).toBeLessThanOrEqual(1);
  }
});

test("a missing image is reported by its index", () => {
  expect(() => pictureOf(colored, 1)).toThrow(/no image 1 among 1/);
});
