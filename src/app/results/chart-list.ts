import { targetViewNumbers } from "../../protocol/experiment";
import type { MetricName, Stage } from "../../protocol/metrics";

/** One chart: a metric, and the stages in which it is about the network that the title names. */
export interface ChartChoice {
  readonly metric: MetricName;
  readonly stages: readonly Stage[];
}

export interface ChartGroup {
  readonly id: string;
  readonly label: string;
  readonly charts: readonly ChartChoice[];
}

const ofStudent: readonly Stage[] = ["student", "joint"];
const ofTeacher: readonly Stage[] = ["teacher", "joint"];
const student = (metric: MetricName): ChartChoice => ({ metric, stages: ofStudent });
const teacher = (metric: MetricName): ChartChoice => ({ metric, stages: ofTeacher });

export const chartGroups: readonly ChartGroup[] = [
  {
    id: "overview",
    label: "Overview",
    charts: [student("knnTop1"), student("probeTop1"), student("studentLoss"), student("spread")],
  },
  {
    id: "student",
    label: "Student",
    charts: [student("knnTop1"), student("probeTop1"), student("probeTop5"), student("agreement")],
  },
  {
    id: "teacher",
    label: "Teacher",
    charts: [
      teacher("teacherKnnTop1"),
      teacher("teacherProbeTop1"),
      teacher("teacherLoss"),
      teacher("teacherSpread"),
    ],
  },
  {
    id: "terms",
    label: "Loss terms",
    charts: targetViewNumbers.map((view) => student(`viewLoss${view}`)),
  },
  { id: "schedules", label: "Schedules", charts: [student("learningRate"), student("tau")] },
  { id: "speed", label: "Speed", charts: [student("imagesPerSecond"), student("gpuBytes")] },
];
