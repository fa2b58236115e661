import * as v from "valibot";
import type { ImageStrip } from "./image-strip";
import type { Refusal } from "./methods/method";
import { type Scheme, teacherOf } from "./schemes";
import { choice, settings, text, wholeNumber } from "./settings/fields";

/** A trained model from elsewhere, in ONNX or TensorFlow.js, that teaches in place of a network trained here. */

/** What an output is taken for: [batch, n], two readings of [batch, tokens, n], a feature map, or [batch, classes]. */
export const outputUses = ["embedding", "classToken", "meanToken", "map", "logits"] as const;
export type OutputUse = (typeof outputUses)[number];

export const modelLimits = { side: 1_024, outputs: 65_536, bytes: 512 * 1024 ** 2 } as const;

/** "owner/name:path" of a file on the Hugging Face hub. */
export const hubFilePattern = /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}:[\w.][\w./-]{0,199}$/;

const checked = (allowed: string, pattern: RegExp) => v.pipe(v.string(allowed), v.regex(pattern, allowed));
const perChannel = (allowed: string, least: number) =>
  v.pipe(
    v.array(v.pipe(v.number(allowed), v.minValue(least, allowed), v.maxValue(1_000, allowed)), allowed),
    v.minLength(1, allowed),
    v.maxLength(3, allowed),
  );

/** Models that name more classes are taken to name none: links contain the names. */
export const mostLabels = 100;
const labelsAllowed = `2 to ${mostLabels} names of 1 to 60 characters`;
const label = v.pipe(v.string(labelsAllowed), v.minLength(1, labelsAllowed), v.maxLength(60, labelsAllowed));

export const labelsSchema = v.pipe(
  v.array(label, labelsAllowed),
  v.minLength(2, labelsAllowed),
  v.maxLength(mostLabels, labelsAllowed),
);

export const teacherModelSchema = settings({
  /** SHA-256 of its file; of a model of several files, of all of them together. */
  hash: checked("64 hexadecimal digits", /^[0-9a-f]{64}$/),
  name: text("Model"),
  /** The file of the Hugging Face hub that it is: the recipient of a link may fetch it. */
  hub: v.exactOptional(checked("a file of the Hugging Face hub: owner/name:file", hubFilePattern)),
  /** The commit of its repository. */
  revision: v.exactOptional(checked("40 hexadecimal digits", /^[0-9a-f]{40}$/)),
  /** The name of the output that teaches. */
  output: checked("a name of 1 to 200 characters", /^[\s\S]{1,200}$/),
  use: choice(outputUses, "embedding"),
  /** The names of its classes, in the order of its logits. */
  labels: v.exactOptional(labelsSchema),
  /** Pixels per side of its images. */
  side: wholeNumber(1, modelLimits.side),
  /** Mean and deviation of its pixels, in units where the largest is 1. */
  mean: perChannel("1 to 3 numbers from -1000 to 1000", -1_000),
  deviation: perChannel("1 to 3 numbers from 0.00001 to 1000", 1e-5),
  /** Numbers in an answer. */
  dimension: wholeNumber(1, modelLimits.outputs),
  /** Multiply-accumulates of one image, and trained numbers. */
  macs: wholeNumber(0, 1e13),
  parameters: wholeNumber(0, 1e10),
});

export type TeacherModel = v.InferOutput<typeof teacherModelSchema>;

/** The settings that a visitor chooses; the rest follows from the file. */
export type AskedModel = Omit<TeacherModel, "dimension" | "macs" | "parameters">;

/** What the page says of a model before it is used. */
export interface DescribedModel {
  readonly hash: string;
  readonly name: string;
  readonly format: string;
  readonly bytes: number;
  /** Pixels per side; absent if any size is possible. */
  readonly side?: number;
  readonly channels: 1 | 3;
  /** Shapes are those for one image, at the suggested size. */
  readonly outputs: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly uses: readonly OutputUse[];
  }[];
  /** How many times each kind of operation or layer occurs, the most frequent first. */
  readonly operators: readonly { readonly name: string; readonly count: number }[];
  /** What its repository on the hub says of it. */
  readonly stated?: StatedModel;
  readonly suggested: AskedModel;
}

/** What a repository says of its model, as far as it does; the pixels as in `TeacherModel`. */
export interface StatedModel {
  readonly side?: number;
  readonly pixels?: { readonly mean: number[]; readonly deviation: number[] };
  /** The names of its classes, in order. */
  readonly labels?: readonly string[];
}

/** A model as it is asked: what it costs, and what its answers know of the visitor's own images. */
export interface CheckedModel {
  readonly model: TeacherModel;
  readonly msPerImage: number;
  /** Nearest neighbors on the model's answers, and on pixels; absent without images. */
  /** Some of the images as the model is given them, before its own normalization. */
  readonly seen?: ImageStrip;
  readonly knn?: { readonly ofModel: number; readonly ofPixels: number; readonly images: number };
}

/** What a method learns from a frozen teacher: its embeddings or its logits; undefined if it has no such teacher. */
export function learnsFromModel(scheme: Scheme): "embedding" | "logits" | undefined {
  const teacher = teacherOf(scheme);
  // SHAKE trains a head on the teacher's own features, layer by layer.
  if (teacher.when !== "before" || scheme.method === "shake") return undefined;
  return teacher.by === "supervised" ? "logits" : "embedding";
}

/**
 * Where each of the images' classes is among a model's logits; undefined if it has no logits of these classes. A model that
 * names its classes may have others as well, in any order; one that does not is taken to have these, in this order.
 */
export function placesOfClasses(
  { use, dimension, labels }: Pick<TeacherModel, "use" | "dimension" | "labels">,
  classNames: readonly string[],
): readonly number[] | undefined {
  if (use !== "logits") return undefined;
  if (labels?.length !== dimension)
    return dimension === classNames.length ? [...classNames.keys()] : undefined;
  const plain = (name: string) => name.trim().toLowerCase();
  const known = labels.map(plain);
  const places = classNames.map((name) => known.indexOf(plain(name)));
  return places.includes(-1) || new Set(places).size < places.length ? undefined : places;
}

interface Taught {
  readonly scheme: Scheme;
  readonly model?: TeacherModel | undefined;
  readonly start: { readonly teacherFile?: string | undefined };
}

const oneTeacher = "1 with a model as teacher";

/** Checks what a model can teach. Paths begin in the arm. */
export function refusalsOfModel({ scheme, model, start }: Taught): Refusal[] {
  if (!model) return [];
  const refusals: Refusal[] = [];
  const refuse = (setting: string, allowed: string) =>
    refusals.push({ path: ["scheme", setting], allowed }, { path: ["model"], allowed: "none, here" });
  if (learnsFromModel(scheme) === undefined)
    refuse("method", "one with a teacher that is trained before and then frozen, with a model as teacher");
  if (start.teacherFile !== undefined)
    refusals.push({ path: ["start", "teacherFile"], allowed: "none with a model as teacher" });
  if (scheme.method === "funmatch") {
    if (scheme.cachedTeacher) refuse("cachedTeacher", "off with a model as teacher");
    if (scheme.teachers > 1) refuse("teachers", oneTeacher);
    if (scheme.teacherSize > 1) refuse("teacherSize", `${oneTeacher}, which has a size of its own`);
  }
  if (scheme.method === "ssld" && scheme.pool !== "none") refuse("pool", "none with a model as teacher");
  return refusals;
}
