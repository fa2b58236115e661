/**
 * CIFAR-10 and CIFAR-100 as their authors publish them (https://www.cs.toronto.edu/~kriz/cifar.html): records of
 * label bytes and 3 × 1,024 bytes of color planes, or the same in Python's pickles.
 */
import type { RawImage } from "../pixels/raw-image";
import { Rejection } from "../rejection";
import { checkCounts, type LabeledBatch } from "./batch";
import { interleave } from "./image-array";
import type { Label } from "./label-list";
import type { NumberArray } from "./number-array";
import { type Pickled, PickledArray } from "./pickle";

const SIDE = 32;
const PIXELS = SIDE * SIDE;
const IMAGE_BYTES = 3 * PIXELS;

function picture(planes: Uint8Array): RawImage {
  return { width: SIDE, height: SIDE, channels: 3, pixels: interleave(planes, PIXELS, 3) };
}

interface Records {
  readonly labelBytes: 1 | 2;
  readonly limits: readonly number[];
}

/** CIFAR-10: one label. CIFAR-100: a coarse label (20 classes), then a fine one. */
const kinds: readonly Records[] = [
  { labelBytes: 1, limits: [10] },
  { labelBytes: 2, limits: [20, 100] },
];

function recordsOf(bytes: Uint8Array): Records | undefined {
  const fitting = kinds.filter(({ labelBytes, limits }) => {
    const step = labelBytes + IMAGE_BYTES;
    if (bytes.length === 0 || bytes.length % step !== 0) return false;
    for (let at = 0; at < bytes.length; at += step) {
      if (limits.some((limit, place) => (bytes[at + place] as number) >= limit)) return false;
    }
    return true;
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The format has no signature: files are recognized by their length and by valid labels throughout. */
export function isCifarBinary(bytes: Uint8Array): boolean {
  return recordsOf(bytes) !== undefined;
}

/** True if a file of this many bytes may contain such records. */
export function mayBeCifarBinary(bytes: number): boolean {
  return bytes > 0 && kinds.some(({ labelBytes }) => bytes % (labelBytes + IMAGE_BYTES) === 0);
}

/** Throws a `Rejection`. */
export function cifarBinary(
  path: string,
  bytes: Uint8Array,
  classNames: readonly string[] | undefined,
): LabeledBatch {
  const records = recordsOf(bytes);
  if (!records)
    throw new Rejection("damaged", "It has the length of CIFAR's binary files but invalid labels.");
  const step = records.labelBytes + IMAGE_BYTES;
  const labels = Array.from(
    { length: bytes.length / step },
    (_, index) => bytes[index * step + records.labelBytes - 1] as number,
  );
  return {
    path,
    labels,
    classNames,
    image: async (index) => picture(bytes.subarray((index + 1) * step - IMAGE_BYTES, (index + 1) * step)),
  };
}

const texts = (value: Pickled | undefined): readonly string[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const names = value.map((item) =>
    item instanceof Uint8Array ? new TextDecoder("latin1").decode(item) : item,
  );
  return names.every((name) => typeof name === "string") ? names : undefined;
};

/** Reads the class names of `batches.meta` or `meta`; undefined for any other pickle. */
export function cifarClassNames(pickled: Pickled): readonly string[] | undefined {
  return pickled instanceof Map
    ? texts(pickled.get("label_names") ?? pickled.get("fine_label_names"))
    : undefined;
}

/** Throws a `Rejection`. */
export function cifarPickle(
  path: string,
  pickled: Pickled,
  classNames: readonly string[] | undefined,
): LabeledBatch {
  const data = pickled instanceof Map ? pickled.get("data") : undefined;
  const labels =
    pickled instanceof Map ? labelsOf(pickled.get("fine_labels") ?? pickled.get("labels")) : undefined;
  const array = data instanceof PickledArray ? data.values : undefined;
  if (!array || !labels || !isPlanes(array)) {
    throw new Rejection("unsupported-table", "The Python pickle is not a batch of CIFAR-10 or CIFAR-100.");
  }
  checkCounts(array.shape[0] as number, labels.length, path);
  const planes = array.values;
  return {
    path,
    labels,
    classNames,
    image: async (index) => picture(planes.subarray(index * IMAGE_BYTES, (index + 1) * IMAGE_BYTES)),
  };
}

function isPlanes(array: NumberArray): array is NumberArray & { readonly values: Uint8Array } {
  return array.shape.length === 2 && array.shape[1] === IMAGE_BYTES && array.values instanceof Uint8Array;
}

function labelsOf(value: Pickled | undefined): readonly Label[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const isLabel = (label: Pickled): label is number =>
    typeof label === "number" && Number.isInteger(label) && label >= 0;
  const labels = value.filter(isLabel);
  return labels.length === value.length ? labels : undefined;
}
