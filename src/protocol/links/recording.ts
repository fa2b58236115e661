import * as v from "valibot";
import { MAX_ARMS } from "../experiment";
import { type MetricName, metricNames } from "../metrics/metrics";
import { packJson, unpackJson } from "./packed-json";

/**
 * Curves in a link, next to the experiment in which they were measured, so that recipients can see them without
 * training, and compare them with their own training.
 */
export interface Recording {
  /** The device on which they were measured. */
  readonly device: string;
  readonly curves: readonly RecordedCurve[];
  /** Positions of steps on the other axes; older links contain steps only. */
  readonly paces?: readonly RecordedPace[];
}

/** Some steps of one run's student with their positions on the other axes; in between, interpolation is linear. */
export interface RecordedPace {
  readonly arm: number;
  readonly seed: number;
  /** Increasing. */
  readonly steps: readonly number[];
  /** In hundredths of an epoch, within the student's stage. */
  readonly epochs: readonly number[];
  /** Milliseconds of training, including the teacher's. */
  readonly wallMs: readonly number[];
  /** Multiply-accumulates in millions, including the teacher's. */
  readonly megaMacs: readonly number[];
}

/** One metric of one run's student. */
export interface RecordedCurve {
  /** Index into the experiment's arms. */
  readonly arm: number;
  readonly seed: number;
  readonly metric: MetricName;
  /** Updates of the student's stage, increasing. */
  readonly steps: readonly number[];
  /** One per step, rounded to `RECORDED_UNIT`. */
  readonly values: readonly number[];
}

/** Values are stored as integer multiples of this. */
export const RECORDED_UNIT = 1e-4;

const VERSION = "1";
const MAX_CURVES = 512;
export const MAX_POINTS = 1_000;

const whole = v.pipe(v.number(), v.safeInteger());
const differences = v.pipe(v.array(whole), v.minLength(1), v.maxLength(MAX_POINTS));

/** [arm, seed, metric, steps, values]: both lists as differences, values in units. */
const curveSchema = v.tuple([
  v.pipe(whole, v.minValue(0), v.maxValue(MAX_ARMS - 1)),
  v.pipe(whole, v.minValue(0)),
  v.picklist(metricNames),
  differences,
  differences,
]);
/** [arm, seed, steps, epochs, wallMs, megaMacs]: all lists as differences. */
const paceSchema = v.tuple([
  v.pipe(whole, v.minValue(0), v.maxValue(MAX_ARMS - 1)),
  v.pipe(whole, v.minValue(0)),
  differences,
  differences,
  differences,
  differences,
]);
const recordingSchema = v.strictObject({
  d: v.pipe(v.string(), v.maxLength(200)),
  c: v.pipe(v.array(curveSchema), v.minLength(1), v.maxLength(MAX_CURVES)),
  p: v.exactOptional(v.pipe(v.array(paceSchema), v.maxLength(MAX_CURVES))),
});

function differencesOf(values: readonly number[]): number[] {
  return values.map((value, at) => value - (values[at - 1] ?? 0));
}

function sumsOf(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
}

/** `r=1.…`, without "#", because it follows the experiment. */
export function encodeRecording({ device, curves, paces = [] }: Recording): string {
  const written = curves.map(({ arm, seed, metric, steps, values }) => [
    arm,
    seed,
    metric,
    differencesOf(steps),
    differencesOf(values.map((value) => Math.round(value / RECORDED_UNIT))),
  ]);
  const paced = paces.map(({ arm, seed, steps, epochs, wallMs, megaMacs }) => [
    arm,
    seed,
    ...[steps, epochs, wallMs, megaMacs].map((axis) => differencesOf(axis.map(Math.round))),
  ]);
  return `r=${VERSION}.${packJson({ d: device, c: written, ...(paced.length > 0 && { p: paced }) })}`;
}

export type DecodedRecording =
  | { readonly kind: "none" }
  | { readonly kind: "recording"; readonly recording: Recording }
  | { readonly kind: "problem"; readonly why: UnreadableCurves };

/** An unknown version, truncated or damaged, or not written by this page. */
export type UnreadableCurves = "version" | "damaged" | "foreign";

const problem = (why: UnreadableCurves): DecodedRecording => ({ kind: "problem", why });

/** The part `r` of an address's fragment. Never throws. */
export function decodeRecording(fragment: string): DecodedRecording {
  const part = fragment
    .replace(/^#/, "")
    .split("&")
    .find((one) => one.startsWith("r="));
  if (part === undefined) return { kind: "none" };
  const encoded = part.slice(2);
  if (!encoded.startsWith(`${VERSION}.`)) return problem("version");
  const unpacked = unpackJson(encoded.slice(VERSION.length + 1));
  if (unpacked.kind !== "value") return problem("damaged");
  const parsed = v.safeParse(recordingSchema, unpacked.value);
  if (!parsed.success) return problem("foreign");
  const curves = parsed.output.c.map(([arm, seed, metric, steps, values]) => ({
    arm,
    seed,
    metric,
    steps: sumsOf(steps),
    values: sumsOf(values).map((units) => Number((units * RECORDED_UNIT).toFixed(4))),
  }));
  if (curves.some(({ steps, values }) => steps.length !== values.length || !isRising(steps))) {
    return problem("foreign");
  }
  const paces = parsed.output.p?.map(([arm, seed, steps, epochs, wallMs, megaMacs]) => ({
    arm,
    seed,
    steps: sumsOf(steps),
    epochs: sumsOf(epochs),
    wallMs: sumsOf(wallMs),
    megaMacs: sumsOf(megaMacs),
  }));
  if (paces?.some((pace) => !isPace(pace))) {
    return problem("foreign");
  }
  return { kind: "recording", recording: { device: parsed.output.d, curves, ...(paces && { paces }) } };
}

function isPace({ steps, epochs, wallMs, megaMacs }: RecordedPace): boolean {
  const axes = [epochs, wallMs, megaMacs];
  return isRising(steps) && axes.every((axis) => axis.length === steps.length && isNeverFalling(axis));
}

const isNeverFalling = (values: readonly number[]) =>
  values.every((value, at) => value >= (values[at - 1] ?? 0));

const isRising = (steps: readonly number[]) =>
  steps.every((step, at) => step >= 0 && (at === 0 || step > (steps[at - 1] ?? 0)));
