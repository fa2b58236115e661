import type { ResultMetric, ResultRow, SeedSummary } from "../../charts/types";
import type { RecordedCurve, Recording } from "../../protocol/links/recording";
import type { MetricName } from "../../protocol/metrics/metrics";
import type { RecordedExperiment } from "../../store/experiment/recorded-run";
import { mean, pairedDifference, sampleDeviation } from "../../store/measurements/statistics";
import { armColor, armDash, armId } from "../arm-colors";

type OfCurve = (values: readonly number[]) => number | undefined;
const last: OfCurve = (values) => values.at(-1);
const greatest: OfCurve = (values) => (values.length > 0 ? Math.max(...values) : undefined);

type RecordedResult = readonly [ResultMetric, MetricName, OfCurve];

/** An arm's results from recorded curves; final evaluations are not recorded. */
const lastPoints: readonly RecordedResult[] = [
  ["finalKnn", "knnTop1", last],
  ["finalClassifier", "top1", last],
  ["finalDetection", "detectionAp", last],
];

/** Only of test images: the best point on validation images says nothing of test images. */
const bestPoints: readonly RecordedResult[] = [
  ["bestKnn", "knnTop1", greatest],
  ["bestLinear", "probeTop1", greatest],
  ["bestClassifier", "top1", greatest],
];

const summary = (values: readonly number[]): SeedSummary => ({
  n: values.length,
  mean: mean(values),
  deviation: sampleDeviation(values),
});

/** Measurements before the first step are not results of the run. */
const learned = ({ steps, values }: RecordedCurve) => values.filter((_, at) => (steps[at] ?? 0) > 0);

function bySeed({ curves }: Recording, arm: number, metric: MetricName, of: OfCurve): Map<number, number> {
  const ofArm = curves.filter((curve) => curve.arm === arm && curve.metric === metric);
  return new Map(
    ofArm.flatMap((curve) => {
      const value = of(learned(curve));
      return value === undefined ? [] : [[curve.seed, value] as const];
    }),
  );
}

/** The arms of a link as rows of the results table. @param baseline index of the arm the others are compared with */
export function recordedRows(
  { experiment, recording }: RecordedExperiment,
  baseline: number,
): readonly ResultRow[] {
  const isOfTest = experiment.evaluation.part === "test";
  return experiment.arms.map(({ name }, arm): ResultRow => {
    const known = [...lastPoints, ...(isOfTest ? bestPoints : [])].flatMap(([result, metric, of]) => {
      const values = bySeed(recording, arm, metric, of);
      return values.size > 0 ? [{ result, values, against: bySeed(recording, baseline, metric, of) }] : [];
    });
    const paces = recording.paces?.filter((pace) => pace.arm === arm) ?? [];
    const dash = armDash(arm);
    const seeds = new Set(recording.curves.filter((curve) => curve.arm === arm).map(({ seed }) => seed));
    return {
      id: armId(arm),
      label: name,
      color: armColor(arm),
      ...(dash && { dash }),
      finishedSeeds: seeds.size,
      plannedSeeds: experiment.seeds.length,
      accuracy: Object.fromEntries(
        known.map(({ result, values }) => [result, summary([...values.values()])]),
      ),
      ...(arm !== baseline && {
        difference: Object.fromEntries(
          known.map(({ result, values, against }) => [result, pairedDifference(values, against)]),
        ),
      }),
      ...(paces.length > 0 && {
        trainingMacs: mean(paces.map(({ megaMacs }) => 1e6 * (megaMacs.at(-1) ?? 0))),
        wallMs: summary(paces.map(({ wallMs }) => wallMs.at(-1) ?? 0)),
      }),
    };
  });
}
