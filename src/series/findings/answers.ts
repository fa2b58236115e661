import { type Judged, judge, SMALL } from "../../charts/differences/verdicts";
import type { ResultRow } from "../../charts/types";
import type { FindingAnswer, FindingVerdict } from "../../protocol/findings/answers";
import type { Difference, Finding } from "../../protocol/findings/findings";
import { lastOf } from "../../store/measurements/column";
import { mean, type PairedDifference, sampleDeviation } from "../../store/measurements/statistics";
import { plannedMacs } from "../../store/progress";
import type { RunRecord, RunState } from "../../store/run-state";
import { armId } from "../arm-colors";
import { fallenOf } from "../at-chance";
import { runsOfSlot } from "../runs-of-slot";
import { resultRows } from "../tables/result-rows";

/** What an arm has to gain over its untrained encoder, or over the largest class, to have learned. */
const LEARNED = 0.05;

type Metric = Difference["metric"];

/**
 * The answers to all findings of one recorded comparison, judged together: with at most 5 % probability any of these
 * verdicts is false.
 *
 * @param arms names of the comparison's arms, in its order
 * @throws Error if a finding names an arm that the record does not have, or its seeds are too few
 */
export function findingAnswersOf(
  run: RunState,
  findings: readonly Finding[],
  arms: readonly string[],
): FindingAnswer[] {
  const compared = findings.map((finding) => ({ finding, difference: differenceOf(run, finding, arms) }));
  const judged = judge(compared.map(({ difference }) => difference));
  return compared.map(({ finding, difference: { n, mean: points } }, at) => {
    const { interval, together } = judged[at] as Judged;
    if (!interval) throw new Error(`${finding.id}: too few seeds.`);
    const { arm, against, metric, rates = [] } = finding.difference;
    const names = [arm, against, finding.beyond?.arm, finding.beyond?.against];
    const used = [...new Set(names)].flatMap((name) => (name === undefined ? [] : [slotOf(run, name, arms)]));
    const runs = used.flatMap((slot) => runsOfSlot(run, slot));
    const hasLearned = runs.length > 0 && used.some((slot) => gainOf(run, slot, metric) >= LEARNED);
    const verdict = hasLearned ? verdictOn(finding.predicts, judged[at] as Judged) : "unclear";
    return {
      id: finding.id,
      verdict,
      ...(verdict === "unclear" && { why: hasLearned ? ("wide" as const) : ("untrained" as const) }),
      n,
      mean: points,
      interval,
      together,
      arm: accuracyOf(run, slotOf(run, arm, arms), metric, rates[0]),
      against: accuracyOf(run, slotOf(run, against, arms), metric, rates[1]),
      ...fallenIn(run, [slotOf(run, arm, arms), slotOf(run, against, arms)], metric),
      macs: sum(runs.map(({ planned }) => plannedMacs(planned))),
      wallMs: sum(runs.map(({ series }) => lastOf(series.wall) ?? 0)),
    };
  });
}

/**
 * A difference that is not told from none is not seen where its interval leaves out useful ones of the expected sign.
 */
export function verdictOn(predicts: Finding["predicts"], { verdict, interval }: Judged): FindingVerdict {
  if (predicts === "same") {
    if (verdict === "better" || verdict === "worse") return "opposite";
    return verdict === "small" ? "seen" : "unclear";
  }
  if (verdict === "better") return predicts === "more" ? "seen" : "opposite";
  if (verdict === "worse") return predicts === "less" ? "seen" : "opposite";
  const [low, high] = interval ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return (predicts === "more" ? high : -low) <= SMALL ? "not-seen" : "unclear";
}

function fallenIn(
  run: RunState,
  [arm, against]: readonly [number, number],
  metric: Metric,
): Pick<FindingAnswer, "fallen"> {
  if (metric !== "finalClassifier") return {};
  const count = (slot: number) => fallenOf(runsOfSlot(run, slot).filter(({ final }) => final));
  const fallen = [count(arm), count(against)] as const;
  return sum(fallen) > 0 ? { fallen } : {};
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

function slotOf({ armSlots }: RunState, name: string, arms: readonly string[]): number {
  const slot = armSlots[arms.indexOf(name)];
  if (slot === undefined) throw new Error(`There is no arm ${name} among ${arms.join(", ")}.`);
  return slot;
}

function differenceOf(
  run: RunState,
  { difference, beyond }: Finding,
  arms: readonly string[],
): Pick<PairedDifference, "n" | "mean" | "deviation"> {
  const own = bySeed(run, difference, arms);
  if (!beyond) return summaryOf([...own.values()]);
  const other = bySeed(run, { ...difference, ...beyond }, arms);
  const both = [...own].filter(([seed]) => other.has(seed));
  return summaryOf(both.map(([seed, value]) => value - (other.get(seed) as number)));
}

const summaryOf = (values: readonly number[]) => ({
  n: values.length,
  mean: mean(values),
  deviation: sampleDeviation(values),
});

function bySeed(run: RunState, { arm, against, metric, rates }: Difference, arms: readonly string[]) {
  if (rates) {
    const [one, other] = rates.map((rate) => new Map(ofRate(run, slotOf(run, arm, arms), rate)));
    return new Map([...(one ?? [])].map(([seed, value]) => [seed, value - (other?.get(seed) ?? Number.NaN)]));
  }
  const row = rowOf(run, slotOf(run, arm, arms), slotOf(run, against, arms));
  const differences = row?.difference?.[metric]?.bySeed ?? [];
  return new Map(differences.map(({ seed, value }) => [seed, value]));
}

/** The row of an arm, compared with another. */
function rowOf(run: RunState, slot: number, baseline: number): ResultRow | undefined {
  return resultRows(run, baseline).find(({ id }) => id === armId(slot));
}

/** Each seed's validation accuracy of a linear classifier that was trained at a rate. */
const ofRate = (run: RunState, slot: number, rate: number): (readonly [seed: number, accuracy: number])[] =>
  runsOfSlot(run, slot).flatMap(({ planned, final }) =>
    (final?.linearSweep ?? []).flatMap(({ learningRate, validationTop1 }) =>
      learningRate === rate ? [[planned.seed, validationTop1] as const] : [],
    ),
  );

function accuracyOf(run: RunState, slot: number, metric: Metric, rate?: number): number {
  if (rate !== undefined) return mean(ofRate(run, slot, rate).map(([, accuracy]) => accuracy));
  return rowOf(run, slot, slot)?.accuracy[metric]?.mean ?? Number.NaN;
}

/** The mean gain of an arm over what it is without learning. */
function gainOf(run: RunState, slot: number, metric: Metric): number {
  const gains = runsOfSlot(run, slot).flatMap((one) => gainOfRun(one, metric) ?? []);
  return mean(gains);
}

function gainOfRun({ final, floors }: RunRecord, metric: Metric): number | undefined {
  const floor = floors?.final ?? floors;
  if (!final || !floor) return undefined;
  switch (metric) {
    case "finalKnn":
      return final.knnTop1 - floor.calibrated.knnTop1;
    case "finalLinear":
      return final.linearTop1 - (floor.calibrated.probeTop1 ?? Number.NaN);
    case "finalDetection":
      return final.detectionAp ?? Number.NaN;
    default:
      return (final.top1 ?? Number.NaN) - (floor.majority?.top1 ?? 0);
  }
}
