import type { ChartSeries } from "../charts/types";
import type { RecordedPace } from "../protocol/links/recording";
import type { MetricName, XAxis } from "../protocol/metrics/metrics";
import type { RecordedExperiment } from "../store/experiment/recorded-run";
import { texts } from "../texts/texts";
import { armColor, armDash, armId } from "./arm-colors";

/** Places of recorded arms among the hidden ones: below those of arms trained here. */
const placeOf = (arm: number) => -1 - arm;
const idOf = (arm: number) => `recorded-${arm}`;

/** The id of the recorded curve that belongs to an arm trained here; undefined where there is not exactly one. */
export function recordedBeside(id: string, armSlots: readonly number[]): string | undefined {
  const arm = armSlots.findIndex((slot) => armId(slot) === id);
  return arm < 0 ? undefined : idOf(arm);
}

/** Undefined for the id of an arm trained here. */
export function placeOfRecorded(id: string): number | undefined {
  const arm = /^recorded-(\d+)$/.exec(id)?.[1];
  return arm === undefined ? undefined : placeOf(Number(arm));
}

/** Used next to curves measured here. */
const BESIDE = "2 4";

/**
 * A link's recorded curves, in the colors of their arms; older links contain steps only.
 * @param alone whether nothing has been measured here: then the curves look like those of a training, otherwise they
 * are dotted
 */
export function recordedSeries(
  recorded: RecordedExperiment | undefined,
  metric: MetricName,
  axis: XAxis,
  hidden: readonly number[],
  alone: boolean,
): readonly ChartSeries[] {
  if (!recorded) return [];
  const { experiment, recording } = recorded;
  return experiment.arms.flatMap(({ name }, arm) => {
    const runs = recording.curves
      .filter((curve) => curve.arm === arm && curve.metric === metric)
      .flatMap(({ seed, steps, values }) => {
        const pace = recording.paces?.find((one) => one.arm === arm && one.seed === seed);
        const x = axis === "step" ? steps : pace && steps.map(placesOn(pace, axis));
        return x ? [{ seed, x, y: values }] : [];
      });
    if (runs.length === 0) return [];
    const dash = alone ? armDash(arm) : BESIDE;
    const label = texts().curves.recorded(name);
    return [
      {
        id: idOf(arm),
        label,
        color: armColor(arm),
        ...(dash !== undefined && { dash }),
        ...(!alone && { withoutBand: true }),
        hidden: hidden.includes(placeOf(arm)),
        runs,
      },
    ];
  });
}

/** The position of a step on another axis: linear between known positions, and extrapolated beyond them. */
function placesOn(pace: RecordedPace, axis: Exclude<XAxis, "step">): (step: number) => number {
  const { steps } = pace;
  const [known, unit] = { epoch: [pace.epochs, 0.01], wall: [pace.wallMs, 1], macs: [pace.megaMacs, 1e6] }[
    axis
  ] as [readonly number[], number];
  return (step) => {
    const found = steps.findIndex((one) => one >= step);
    const right = found < 0 ? steps.length - 1 : Math.max(1, found);
    const left = Math.max(0, right - 1);
    const [x0 = 0, x1 = 0] = [steps[left], steps[right]];
    const [y0 = 0, y1 = 0] = [known[left], known[right]];
    const slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
    return unit * Math.max(0, y0 + slope * (step - x0));
  };
}
