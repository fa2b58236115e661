import { targetViewNumbers } from "../protocol/experiment";
import { type MetricName, metricNames, peerNumbers, type Stage, stages } from "../protocol/metrics/metrics";
import type { texts } from "../texts/texts";

/** One chart: a metric, and the stages in which it describes the network that the title names. */
export interface ChartChoice {
  readonly metric: MetricName;
  readonly stages: readonly Stage[];
  /** Stages of which one has to be planned for a chart that is not always shown; default its own. */
  readonly with?: readonly Stage[];
}

/** Key of its name in the texts. */
export type GroupId = keyof ReturnType<typeof texts>["curves"]["groups"];

export interface ChartGroup {
  readonly id: GroupId;
  readonly charts: readonly ChartChoice[];
  /** Further charts, where a stage of them is planned. */
  readonly also?: readonly ChartChoice[];
  /** A stage without which the group is empty. */
  readonly of?: Stage;
}

const ofStudent: readonly Stage[] = ["student", "joint", "fineTune", "fix"];
const ofTeacher: readonly Stage[] = ["teacher", "joint"];
const student = (metric: MetricName): ChartChoice => ({ metric, stages: ofStudent });
const teacher = (metric: MetricName): ChartChoice => ({ metric, stages: ofTeacher });
const pretraining = (metric: MetricName): ChartChoice => ({ metric, stages: ["pretraining"] });
const source = (metric: MetricName): ChartChoice => ({ metric, stages: ["sourceTeacher"] });

/** The group that is shown first. Its first chart is the main one. */
export const OVERVIEW = "overview";

/** The group that begins with the terms of the mutual learning loss. */
export const MUTUAL = "mutual";

/** The group that also shows the engine's diagnostics. */
export const SPEED = "speed";

export const chartGroups: readonly ChartGroup[] = [
  {
    id: OVERVIEW,
    charts: [student("knnTop1"), student("probeTop1"), student("studentLoss"), student("spread")],
    also: [teacher("teacherKnnTop1"), { ...student("agreement"), with: ofTeacher }],
  },
  {
    id: "student",
    charts: [
      student("knnTop1"),
      student("knnBalanced"),
      student("probeTop1"),
      student("probeBalanced"),
      student("probeTop5"),
      student("agreement"),
    ],
  },
  {
    id: "teacher",
    charts: [
      teacher("teacherKnnTop1"),
      teacher("teacherProbeTop1"),
      teacher("teacherLoss"),
      teacher("teacherSpread"),
    ],
  },
  {
    id: "pretraining",
    of: "pretraining",
    charts: [
      pretraining("knnTop1"),
      pretraining("probeTop1"),
      pretraining("studentLoss"),
      pretraining("spread"),
    ],
  },
  {
    id: "sourceTeacher",
    of: "sourceTeacher",
    charts: [
      source("teacherKnnTop1"),
      source("teacherProbeTop1"),
      source("teacherLoss"),
      source("teacherSpread"),
    ],
  },
  {
    id: "terms",
    charts: targetViewNumbers.map((view) => student(`viewLoss${view}`)),
  },
  {
    id: MUTUAL,
    charts: [
      student("cohortTop1"),
      student("ensembleTop1"),
      student("mutualEnsemble"),
      student("mutualPeerEntropy"),
      ...peerNumbers.flatMap((number) => [student(`member${number}Top1`), student(`member${number}Loss`)]),
    ],
  },
  { id: "schedules", charts: [student("learningRate"), student("tau")] },
  {
    id: SPEED,
    charts: [
      { metric: "imagesPerSecond", stages },
      { metric: "gpuBytes", stages },
    ],
  },
];

const listed = new Set(chartGroups.flatMap(({ charts }) => charts.map(({ metric }) => metric)));
const always = chartGroups[0]?.id;

/**
 * The overview and speed are always shown, the overview also with the teacher's curve; other groups show the charts of measured metrics whose stage is planned, and
 * metrics in no group come last. Without a plan, only metrics measured elsewhere have charts.
 */
export function shownGroups(
  measured: ReadonlySet<MetricName>,
  planned: ReadonlySet<Stage>,
): readonly ChartGroup[] {
  const rest = metricNames.filter((name) => measured.has(name) && !listed.has(name));
  const more: ChartGroup = { id: "more", charts: rest.map(student) };
  const ofMeasured = (charts: readonly ChartChoice[]) => charts.filter(({ metric }) => measured.has(metric));
  const ofPlanned = (charts: readonly ChartChoice[]) =>
    charts.filter(({ stages: own, with: among = own }) => among.some((stage) => planned.has(stage)));
  const groups = [...chartGroups, more]
    .filter((group) => group.of === undefined || planned.has(group.of))
    .map(({ also = [], ...group }) => {
      const isAlways = group.id === always && planned.size > 0;
      return {
        ...group,
        charts: [...(isAlways ? group.charts : ofMeasured(group.charts)), ...ofPlanned(also)],
      };
    });
  if (planned.size > 0) return groups.filter(({ id, charts }) => charts.length > 0 || id === SPEED);
  const first = new Set(groups[0]?.charts.map(({ metric }) => metric));
  return groups.filter(({ id, charts }) => id === always || charts.some(({ metric }) => !first.has(metric)));
}
