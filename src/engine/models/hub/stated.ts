/** What a repository says of its model beside its file, in the files of the Transformers and timm libraries. */
import * as v from "valibot";
import { pixelScaleNames, pixelScales } from "../../../protocol/pixel-scales";
import { modelLimits, type StatedModel } from "../../../protocol/teacher-model";
import { scaleNamed } from "../suggested";

/** The files of a repository that describe its model. */
export const describingFiles = ["preprocessor_config.json", "config.json"] as const;
export type DescribingFile = (typeof describingFiles)[number];

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(modelLimits.side));
const square = v.union([
  side,
  v.pipe(
    v.object({ height: side, width: side }),
    v.check(({ height, width }) => height === width),
    v.transform(({ height }) => height),
  ),
  v.pipe(
    v.object({ shortest_edge: side }),
    v.transform(({ shortest_edge }) => shortest_edge),
  ),
]);
const list = (least: number) =>
  v.pipe(
    v.array(v.pipe(v.number(), v.minValue(least), v.maxValue(1_000))),
    v.check(({ length }) => length === 1 || length === 3),
  );
/** Means, and deviations. */
const [means, deviations] = [list(-1_000), list(1e-5)];

/** The value of one entry, if it is as expected: whatever else a file says, the other entries count. */
function entry<Schema extends v.GenericSchema>(file: Json, name: string, schema: Schema) {
  const result = v.safeParse(schema, file[name]);
  return result.success ? (result.output as v.InferOutput<Schema>) : undefined;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string | undefined): Json {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Understands the describing files as far as they can be. */
export function statedBy(texts: Readonly<Partial<Record<DescribingFile, string>>>): StatedModel {
  const [preprocessor, config] = describingFiles.map((name) => parsed(texts[name])) as [Json, Json];
  const timm = isObject(config["pretrained_cfg"]) ? config["pretrained_cfg"] : {};
  const [, , ofTimm] = entry(timm, "input_size", v.array(side)) ?? [];
  const wanted = sideOf(preprocessor) ?? ofTimm;
  const pixels = scaleOf(preprocessor) ?? scaleOfTimm(timm);
  const labels = labelsOf(config);
  return {
    ...(wanted !== undefined && { side: wanted }),
    ...(pixels && { pixels: closest(pixels) }),
    ...(labels && { labels }),
  };
}

/** What the network sees: the part cut out, where there is one. */
function sideOf(file: Json): number | undefined {
  const cut = file["do_center_crop"] === false ? undefined : entry(file, "crop_size", square);
  return cut ?? entry(file, "size", square);
}

type Pixels = NonNullable<StatedModel["pixels"]>;

/** (pixel · rescale_factor − image_mean) / image_std, where a pixel is a byte and each step may be left out. */
function scaleOf(file: Json): Pixels | undefined {
  const mean = entry(file, "image_mean", means);
  const deviation = entry(file, "image_std", deviations);
  const isNormalized = file["do_normalize"] !== false && mean !== undefined && deviation !== undefined;
  const isTold = isNormalized || file["do_normalize"] === false || typeof file["do_rescale"] === "boolean";
  if (!isTold) return undefined;
  const factor = file["do_rescale"] === false ? 1 : (entry(file, "rescale_factor", factors) ?? 1 / 255);
  // EfficientNet's processor moves pixels to −1 … 1 before that.
  const offset = file["rescale_offset"] === true && file["do_rescale"] !== false ? 1 : 0;
  const largest = 255 * factor;
  const [center, spread] = isNormalized ? [mean, deviation] : [[0], [1]];
  return {
    mean: center.map((value) => (value + offset) / largest),
    deviation: spread.map((value) => value / largest),
  };
}
const factors = v.pipe(v.number(), v.minValue(1e-4), v.maxValue(1e4));

function scaleOfTimm(file: Json): Pixels | undefined {
  const [mean, deviation] = [entry(file, "mean", means), entry(file, "std", deviations)];
  return mean && deviation && { mean: [...mean], deviation: [...deviation] };
}

/** Numbers that are printed with fewer digits. */
const CLOSE = 0.005;

/** A usual scale where the numbers are nearly its own. */
function closest(pixels: Pixels): Pixels {
  const at = (values: readonly number[], channel: number) => values[channel % values.length] as number;
  const distance = (a: readonly number[], b: readonly number[]) =>
    Math.max(...[0, 1, 2].map((channel) => Math.abs(at(a, channel) - at(b, channel))));
  const usual = pixelScaleNames.find((name) => {
    const { mean, deviation } = pixelScales[name];
    const least = Math.min(...deviation);
    return (
      distance(mean, pixels.mean) < CLOSE &&
      distance(deviation, pixels.deviation) < CLOSE * Math.min(1, least)
    );
  });
  return usual ? scaleNamed(usual) : pixels;
}

const MOST_LABELS = 50_000;

/** Names by number; LABEL_0, LABEL_1, … are placeholders. */
function labelsOf(file: Json): readonly string[] | undefined {
  const named = entry(file, "id2label", v.record(v.string(), v.pipe(v.string(), v.maxLength(1_000))));
  const listed = entry(file, "label_names", v.array(v.pipe(v.string(), v.maxLength(1_000))));
  const count = named ? Object.keys(named).length : 0;
  if (count > MOST_LABELS) return undefined;
  const labels = named ? Array.from({ length: count }, (_, number) => named[String(number)]) : (listed ?? []);
  if (labels.length < 2 || labels.some((label) => label === undefined || /^LABEL_\d+$/.test(label)))
    return undefined;
  return labels as readonly string[];
}
