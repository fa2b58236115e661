import { describe, expect, test } from "vitest";
import { pixelScales } from "../../../protocol/pixel-scales";
import { statedBy } from "./stated";

const ofPreprocessor = (file: object) => statedBy({ "preprocessor_config.json": JSON.stringify(file) });
const { imageNet, symmetric, unit, bytes } = pixelScales;

describe("what a repository says of its model", () => {
  test.each([
    [
      "of Transformers: the part that is cut out, and ImageNet's statistics",
      {
        crop_size: { height: 224, width: 224 },
        size: { shortest_edge: 256 },
        do_normalize: true,
        do_rescale: true,
        image_mean: [0.485, 0.456, 0.406],
        image_std: [0.229, 0.224, 0.225],
        rescale_factor: 1 / 255,
      },
      { side: 224, pixels: imageNet },
    ],
    [
      "one number for all channels",
      { size: 32, image_mean: [0.5], image_std: [0.5] },
      { side: 32, pixels: symmetric },
    ],
    ["no normalization", { do_normalize: false, rescale_factor: 0.00392156862745098 }, { pixels: unit }],
    ["neither normalization nor rescaling", { do_normalize: false, do_rescale: false }, { pixels: bytes }],
    [
      "pixels from -1 to 1 by an offset",
      { do_normalize: false, do_rescale: true, rescale_factor: 1 / 127.5, rescale_offset: true },
      { pixels: symmetric },
    ],
    ["no cut", { do_center_crop: false, crop_size: 224, size: { height: 96, width: 96 } }, { side: 96 }],
    ["images that are not square", { size: { height: 96, width: 128 } }, {}],
    ["nonsense", { size: "large", image_mean: [1, 2], image_std: [0, 0, 0], crop_size: -1 }, {}],
  ])("%s", (_, file, wanted) => {
    expect(ofPreprocessor(file)).toEqual(wanted);
  });

  test("a scale of its own is kept as it is", () => {
    const { pixels } = ofPreprocessor({ image_mean: [0.3, 0.2, 0.1], image_std: [0.7, 0.8, 0.9] });
    expect(pixels?.mean[0]).toBeCloseTo(0.3);
    expect(pixels?.deviation[2]).toBeCloseTo(0.9);
  });

  test("an unscaled mean and deviation mean the same as scaled ones", () => {
    const scaled = ofPreprocessor({ image_mean: [0.3, 0.2, 0.1], image_std: [0.7, 0.8, 0.9] });
    const times = (list: number[]) => list.map((value) => 255 * value);
    const unscaled = ofPreprocessor({
      do_rescale: false,
      image_mean: times([0.3, 0.2, 0.1]),
      image_std: times([0.7, 0.8, 0.9]),
    });
    for (const part of ["mean", "deviation"] as const)
      for (const at of [0, 1, 2])
        expect(unscaled.pixels?.[part][at]).toBeCloseTo(scaled.pixels?.[part][at] ?? 0);
  });

  test("labels in the order of their numbers; placeholders are none", () => {
    const labels = (file: object) => statedBy({ "config.json": JSON.stringify(file) }).labels;
    expect(labels({ id2label: { 1: "dog", 0: "cat" } })).toEqual(["cat", "dog"]);
    expect(labels({ label_names: ["cat", "dog"] })).toEqual(["cat", "dog"]);
    expect(labels({ id2label: { 0: "LABEL_0", 1: "LABEL_1" } })).toBeUndefined();
    expect(labels({ id2label: { 0: "cat", 2: "dog" } })).toBeUndefined();
    expect(labels({ id2label: ["cat", 3] })).toBeUndefined();
  });

  test("of timm: size and statistics", () => {
    const config = {
      pretrained_cfg: { input_size: [3, 160, 160], mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    };
    expect(statedBy({ "config.json": JSON.stringify(config) })).toEqual({ side: 160, pixels: symmetric });
  });

  test.each(["", "[]", "null", '{"size":', "<html>"])("%j says nothing", (text) => {
    expect(statedBy({ "preprocessor_config.json": text, "config.json": text })).toEqual({});
  });
});
