/** Pictures as found in practice. */

import { foreignRedBlue } from "../pixels/readers/foreign-images.testing";
import { classAt, colorAt, type FieldCase, numbers, pair, pets } from "./field-case.testing";
import { heic, ppm, several, shallowPng, square, text, wide } from "./made-files.testing";

export const pictureCases: readonly FieldCase[] = [
  {
    name: "a class that is all damaged HEIC",
    files: {
      ...pair((name) => `d/${name}`),
      ...Object.fromEntries(numbers(5).map((at) => [`d/owl/IMG_${at}.HEIC`, heic(at)])),
    },
    classes: pets,
    notices: ["class-lost"],
    reason: /HEIC image could not be decoded/,
  },
  {
    name: "everything as damaged HEIC",
    files: Object.fromEntries(numbers(6).map((at) => [`d/${classAt(at)}/IMG_${at}.HEIC`, heic(at)])),
    refused: "no-images",
    reason: /HEIC image could not be decoded/,
  },
  {
    name: "TIFF, HEIC and JPEG XL",
    files: {
      ...pair((name) => `d/train/${name}`),
      ...Object.fromEntries(
        Object.entries(foreignRedBlue).map(([name, bytes]) => [`d/train/red and blue/${name}`, bytes]),
      ),
      ...pair((name) => `d/val/${name}`, 2),
      ...pair((name) => `d/test/${name}`, 2),
      ...several("d/val/red and blue", "b", 1),
      ...several("d/test/red and blue", "b", 1),
    },
    classes: { ...pets, "red and blue": "" },
    counts: { pool: 16 + Object.keys(foreignRedBlue).length, validation: 5, test: 5 },
  },
  {
    name: "Netpbm images",
    files: Object.fromEntries(numbers(12).map((at) => [`d/${classAt(at)}/${at}.ppm`, ppm(colorAt(at), at)])),
    classes: pets,
    counts: { pool: 12 },
  },
  {
    name: "twelve bits in sixteen",
    files: Object.fromEntries(
      numbers(12).map((at) => [`d/${classAt(at)}/${at}.png`, shallowPng(at % 2 ? 3_000 : 500, at)]),
    ),
    classes: { cat: "", dog: "" },
    notices: ["narrow-range"],
  },
  {
    name: "wide photos, of which the middle counts",
    files: Object.fromEntries(numbers(12).map((at) => [`d/${classAt(at)}/${at}.png`, wide(colorAt(at), at)])),
    classes: pets,
    counts: { pool: 12 },
  },
  {
    name: "an image of one pixel",
    files: {
      ...pair((name) => `d/${name}`),
      "d/cat/one.ppm": Uint8Array.from([...text("P6 1 1 255\n"), 230, 20, 40]),
    },
    classes: pets,
    counts: { pool: 17 },
  },
  {
    name: "a photo of 12,000 × 9,000 pixels",
    files: { ...pair((name) => `d/${name}`), "d/cat/wide.ppm": text("P6 12000 9000 255\n") },
    classes: pets,
    counts: { pool: 16 },
    reason: /12000 × 9000 pixels/,
  },
  {
    name: "the same files in training and testing",
    files: {
      ...pair((name) => `d/train/${name}`),
      ...pair((name) => `d/test/${name}`, 3),
      "d/train/cat/twin.png": square("r", 1),
      "d/test/cat/again.png": square("r", 1),
    },
    classes: pets,
    counts: { pool: 17, test: 7 },
    notices: ["copies-across-parts"],
  },
  {
    name: "one picture in two classes",
    files: {
      ...pair((name) => `d/${name}`),
      "d/cat/both.png": square("y", 2),
      "d/dog/both.png": square("y", 2),
    },
    notices: ["copies-across-classes"],
    classes: { cat: "", dog: "" },
  },
  {
    name: "forty images of one class for each of the other",
    files: { ...several("d/ill", "r", 3), ...several("d/well", "g", 60) },
    classes: { ill: "r", well: "g" },
    notices: ["unequal-classes"],
  },
  {
    name: "sidecars of phones and photo services",
    files: {
      ...pair((name) => `d/${name}`),
      "d/cat/0.png.json": text('{"title": "0.png", "photoTakenTime": {"timestamp": "1"}}'),
      "d/cat/IMG_1.AAE": text('<?xml version="1.0"?><plist></plist>'),
      "d/dog/IMG_2.MOV": Uint8Array.from([0, 0, 0, 20, ...text("ftypqt  ")]),
    },
    classes: pets,
    counts: { pool: 16 },
    reason: /Not an image/,
  },
];
